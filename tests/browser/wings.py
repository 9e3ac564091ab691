"""Where stages wait for their plays: the application with its templates, read once for all."""

import gc

from tests.browser.stage import built

for name in built().jinja_env.list_templates(extensions=["html"]):
    built().jinja_env.get_template(name)
gc.freeze()
