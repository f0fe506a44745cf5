"""All that people can do on the pages."""

from collections.abc import Mapping

from hub.work.case_acts import CASE_ACTS
from hub.work.people_acts import PEOPLE_ACTS
from hub.work.referral_acts import REFERRAL_ACTS
from hub.work.task_acts import TASK_ACTS

ACTS = (*TASK_ACTS, *REFERRAL_ACTS, *CASE_ACTS, *PEOPLE_ACTS)
SAID: Mapping[str, str] = {act.done: act.said for act in ACTS}
"""What a page says once it is done, by the word for it in its address."""
