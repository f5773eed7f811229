"""The least Django project with django-comments-xtd: flat pages, each with its tree of comments. Run by the virtual
environment that has Django, never imported by the benchmark itself.
"""

import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings

FOLDER = Path(os.environ["SITE_FOLDER"])
TEMPLATE = """<!doctype html><title>{{ page.title }}</title>
{% load comments comments_xtd %}<h1>{{ page.title }}</h1>{{ page.content }}
{% get_comment_count for page as count %}<h2>{{ count }} comments</h2>
{% render_xtdcomment_tree for page %}
{% render_comment_form for page %}"""

settings.configure(
    SECRET_KEY="a key for the benchmark",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SITE_ID=1,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "site.db", "OPTIONS": {"timeout": 20}}
    },
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.sites",
        "django.contrib.flatpages",
        "django_comments_xtd",
        "django_comments",
        "rest_framework",
    ],
    MIDDLEWARE=[
        "django.middleware.gzip.GZipMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ],
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [
                            ("django.template.loaders.locmem.Loader", {"page.html": TEMPLATE}),
                            "django.template.loaders.app_directories.Loader",
                        ],
                    )
                ],
            },
        }
    ],
    COMMENTS_APP="django_comments_xtd",
    COMMENTS_XTD_MAX_THREAD_LEVEL=6,
    COMMENTS_XTD_CONFIRM_EMAIL=False,
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
)
django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 - Django is to be set up first
from django.contrib.flatpages.models import FlatPage  # noqa: E402 - after configure()
from django.core.management import execute_from_command_line  # noqa: E402 - after configure()
from django.core.wsgi import get_wsgi_application  # noqa: E402 - after configure()
from django.shortcuts import get_object_or_404, render  # noqa: E402 - after configure()
from django.urls import include, path  # noqa: E402 - after configure()
from django_comments.forms import CommentSecurityForm  # noqa: E402 - after configure()


def page(request, key):  # noqa: ANN001, ANN201 - Django's own types are not here
    return render(request, "page.html", {"page": get_object_or_404(FlatPage, url=f"/{key}/")})


urlpatterns = [path("comments/", include("django_comments_xtd.urls")), path("<slug:key>/", page)]
application = get_wsgi_application()


def make_pages(keys: list[str]) -> None:
    """Makes the pages and prints what a comment's form would carry for each."""
    made = {}
    for key in keys:
        one = FlatPage.objects.create(url=f"/{key}/", title=key, content="A story.")
        form = CommentSecurityForm(one)
        made[key] = {
            "object_pk": str(one.pk),
            "timestamp": str(form["timestamp"].value()),
            "security_hash": form["security_hash"].value(),
        }
    print(json.dumps({"content_type": ContentType.objects.get_for_model(FlatPage).pk, "pages": made}))


if __name__ == "__main__":
    if sys.argv[1] == "pages":
        make_pages(sys.argv[2:])
    else:
        execute_from_command_line(sys.argv)
