"""The OpenAPI document of the API: drawn from the routes and their structs, served as JSON and nothing else."""

from importlib.metadata import version

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme

ADDRESS = "/api/v1/openapi.json"
ABOUT = """The reader discussion under a news story: stories, comments, reports and the moderation desk.

Errors are problem details (RFC 9457), `application/problem+json`, with a stable `code`."""


def openapi_config(*, session_cookie: str) -> OpenAPIConfig:
    """The framework's settings for the document at ADDRESS. Only routes that are in the schema appear in it."""
    cookie = SecurityScheme(
        type="apiKey", name=session_cookie, security_scheme_in="cookie", description="The session that pages use."
    )
    return OpenAPIConfig(
        title="Rejoinder",
        version=version("rejoinder"),
        description=ABOUT,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        components=Components(security_schemes={"session": cookie}),
        path=ADDRESS,
        render_plugins=[JsonRenderPlugin(path="/")],
    )
