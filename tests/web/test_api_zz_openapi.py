import tests.web.api as m
from rejoinder.web.application import build
from rejoinder.web.options import Options
from tests.makers import after
def an_app(database, **options):
    chosen = {"clock": lambda: after(hours=2), "public_url": m.HOST, "secret": m.SECRET} | options
    return build(Options(database=database, **chosen))
m.an_app = an_app
from tests.web.test_api_openapi import *
