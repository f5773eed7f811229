"""Every path of the site, in one place: `addresses.story(...)` here, `to.story(...)` in a template. The file a path
stands in says who reads the page; a name stands in one of them only (`tests/web/test_addresses.py`).
"""

from rejoinder.web.addresses.editors import *  # noqa: F403 - a hundred names, each in one file
from rejoinder.web.addresses.members import *  # noqa: F403 - likewise
from rejoinder.web.addresses.readers import *  # noqa: F403 - likewise
