"""What schemathesis has to be told besides its settings."""

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    # What a page leads to is another operation.
    kwargs["allow_redirects"] = False
