"""What people say of how others are tied to one another."""

from hub.work.acts import Act
from hub.work.pages import PERSON
from hub.work.readings import tied, untied

PEOPLE_ACTS = (
    Act(
        name="tie",
        page=PERSON,
        operation="WorkLinkPeople",
        names="",
        chosen=("assertionType", "tie", "other"),
        optional=("since",),
        lists=tied,
        said="It is written down how the two are tied.",
    ),
    Act(
        name="untie",
        page=PERSON,
        operation="WorkEndLink",
        names="",
        wanted=("reason",),
        lists=untied,
        said="Your agency does not hold this tie any more.",
    ),
)
