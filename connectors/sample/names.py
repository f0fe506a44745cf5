"""Names for people who do not exist: given names as they are borne in London, family names many of which are not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Names that go together."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


def _origin(female: str, male: str, family: str) -> Origin:
    return Origin(female=tuple(female.split()), male=tuple(male.split()), family=tuple(family.split()))


ORIGINS = (
    _origin(
        "Alice Beatrice Charlotte Daisy Eleanor Florence Grace Harriet Imogen Jemima Kitty Lydia Matilda Nell Phoebe",
        "Alfie Barnaby Charlie Dexter Edmund Freddie George Harvey Isaac Jasper Kit Leo Monty Ned Oscar Rufus",
        "Ashgrove Brindlecombe Coverthwaite Dunmorley Elderby Gillinghurst Hazelmoor Inglethorpe Jessopdale "
        "Kettlewick Larchmont Merriweld Nettleford Oxcombe Pemberlow Ravenhurst Stanyard Thackeray-Moor",
    ),
    _origin(
        "Aoife Bronwen Catriona Eilidh Fiona Grainne Isla Mairead Nerys Niamh Rhiannon Siân Siobhan Zoë",
        "Aidan Callum Conor Dafydd Euan Fergus Gethin Hamish Iestyn Lorcan Niall Owain Rhys Ruaridh",
        "Abercairn Ballantyre Carrickmore Drumlin-Shaw Evanshaw Glenfarrow Kilbrannan Llanwern MacAlvie McIlroy-Dunn "
        "O'Dallan O'Ferrow Penhallow Trevanion",
    ),
    _origin(
        "Abiola Adaeze Bisi Chiamaka Ebele Folake Ifeoma Kehinde Ngozi Omolara Simisola Temitope Yetunde Zainab",
        "Adebayo Babatunde Chidi Dele Emeka Femi Ikenna Jide Kunle Obinna Segun Tayo Tunde Uche",
        "Adebowale-Finch Afolayanu Balogunde Chukwuemela Ekwueme Fashanu-Reed Idowuni Lawalson Nwosuka Obafemi-Lane "
        "Okonjola Olawaleson Sowandeh Uzomah",
    ),
    _origin(
        "Abena Adwoa Akosua Efua Esi Mawusi Yaa Fatou Mariama Aminata Isatou Kadiatu",
        "Kofi Kwabena Kwame Kwesi Yaw Lamin Momodou Ousmane Sorie Ebrima Foday Alhaji",
        "Acheampim Agyemang-Wood Boatenga Conteh-Price Darkoh Frimponga Jallowson Kamarra Mensah-Cole Owusuwaa "
        "Quarshie Sesaymore",
    ),
    _origin(
        "Aaliyah Ayesha Farzana Hafsa Jasmin Khadija Maryam Nasreen Rukhsana Sumaiya Tahmina Zara",
        "Abdul Bilal Farhan Hamza Imran Kamran Mohammed Nadeem Rafiq Shahid Tariq Yusuf",
        "Ahmedzai Begumane Chowdhuri-West Hussaindale Islamabadi Khanum Mahmoodi Miahson Patwari Rahmanan Sheikhani "
        "Uddinson",
    ),
    _origin(
        "Aditi Deepa Gurpreet Harleen Isha Jaspreet Kavita Lakshmi Meera Nisha Priya Simran",
        "Arjun Balraj Dev Gurdeep Harjit Jagdeep Karan Manish Nikhil Rajan Sanjay Vikram",
        "Aroraman Bhattal-Rose Chopradhan Dhaliwalle Gillard-Singh Joshipur Kapoorian Mehtani Nairobi-Shah Pateljee "
        "Sandhuran Venkataswamy",
    ),
    _origin(
        "Agnieszka Beata Dorota Ewa Grażyna Iwona Katarzyna Magdalena Oksana Raluca Svetlana Zofia",
        "Andrzej Bogdan Dariusz Grzegorz Jakub Krzysztof Łukasz Marek Mihai Oleksandr Paweł Tomasz",
        "Borowiec-Hale Czarnolas Dobrowicz Gorzynski Ionescu-Park Kowalczewski Lewandor Marinovic Nowakiewicz "
        "Popesculan Wiśnievec Zielonka",
    ),
    _origin(
        "Ana Beatriz Carmen Dolores Estela Fernanda Inês Joana Lucía Marisol Paloma Teresa",
        "Afonso Bernardo Carlos Diego Eduardo Gonçalo Hugo Joaquín Luis Mateus Rafael Tiago",
        "Almeidaro Barroslva Carvalhinho Domingueiro Ferreirinha Gomesdale Lopezuela Mendonçal Oliveirense Pintolomar "
        "Ribeirinho Vasconzo",
    ),
    _origin(
        "Asli Berfin Defne Elif Gülay Hatice Leyla Nazan Selin Yasemin Amal Dalia Huda Layla Noor Rania Samira Yara",
        "Ahmet Baran Cem Emre Kerem Mehmet Orhan Serkan Ali Bassam Faisal Hassan Karim Mahmoud Omar Sami",
        "Aksoylu Bozkurtan Demirelli Kayaoğlu Özdemirel Yildizhan Al-Barzani-Cross Al-Hamdouni Darwishan El-Khatibi "
        "Haddadine Nasserian Saadoun Zaghloulan",
    ),
    _origin(
        "Bo Chun Fang Jia Lan Li-Na Mei Ming Qian Wai-Ling Xiu Yan Linh Thuy",
        "Bao Chen-Wei Feng Guo Hao Jun Kai Long Ming-Hao Tian Wei Zhen Duc Minh",
        "Chan-Mallow Cheungham Fung-Lea Hoang-Dale Kwokley Leungworth Lin-Ashby Nguyenham Tranthorpe Wong-Kerr Xuereb "
        "Zhangley",
    ),
    _origin(
        "Alisha Chantelle Destiny Jada Kezia Latoya Marcia Nadine Precious Shanice Tanisha Yvette",
        "Andre Curtis Delroy Errol Jermaine Kadeem Leroy Marlon Nathaniel Reuben Tyrone Winston",
        "Bartholomew-Gray Campbellton Claxmore Dacostan Francisque Grantley-Moss Josephine-Hall Laroche-Finn Pinnockly "
        "Samuelsby Thompsett-Bell Wintergreen",
    ),
    _origin(
        "Amina Deqa Fadumo Hodan Ifrah Khadra Ladan Sagal Almaz Hiwot Meseret Selam",
        "Abdi Bashir Faarax Guled Jamac Liban Mahad Warsame Abebe Dawit Kidane Tesfaye",
        "Abdillahi-Fox Bekelech Dualeh-Rowe Farahani Gebremedhin-Lee Hersiman Jamaleddin Mohamud-Stone Nuurson "
        "Tekleberhan Warsamani Yusufdale",
    ),
)
