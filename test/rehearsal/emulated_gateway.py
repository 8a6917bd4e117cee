"""What API Gateway does to a stage with limits of routes, which moto leaves out: it keeps them until they are deleted, and refuses those of a route that is gone."""

import json
from urllib.parse import unquote

from moto.apigatewayv2 import urls

routes = {}
"""Route keys by API and route."""
limits = {}
"""Limits by API and route key."""


def models_from(Remembered, CloudFormationModel, module):
    """The resources of a template that take part."""

    class Noted(Remembered):
        @classmethod
        def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
            made = super().create_from_cloudformation_json(resource_name, cloudformation_json, account_id, region_name)
            return made.note(cloudformation_json["Properties"])

        @classmethod
        def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
            return original_resource.note(cloudformation_json["Properties"])

    class Route(Noted, CloudFormationModel):
        __module__ = module

        @staticmethod
        def cloudformation_type():
            return "AWS::ApiGatewayV2::Route"

        def note(self, properties):
            self.api = properties["ApiId"]
            routes.setdefault(self.api, {})[self.name] = properties["RouteKey"]
            return self

        def delete(self, *args):
            routes[self.api].pop(self.name, None)

    class Stage(Noted, CloudFormationModel):
        __module__ = module

        @staticmethod
        def cloudformation_type():
            return "AWS::ApiGatewayV2::Stage"

        def note(self, properties):
            self.api = properties["ApiId"]
            limits.setdefault(self.api, {}).update(properties["RouteSettings"])
            return self

        def delete(self, *args):
            limits.pop(self.api, None)

    return Route, Stage


def refusal():
    """What API Gateway says to a stage as it is now; None where it takes it."""
    for api, ofStage in limits.items():
        for key in ofStage:
            if key not in routes.get(api, {}).values():
                return f"Unable to find Route by key {key} within the provided RouteSettings"
    return None


def stage(request, full_url, headers):
    api = full_url.split("/v2/apis/")[1].split("/")[0]
    if request.method == "PATCH":
        limits[api].update(json.loads(request.data)["routeSettings"])
    return 200, {}, json.dumps({"routeSettings": limits[api]})


def settings_of_route(request, full_url, headers):
    api = full_url.split("/v2/apis/")[1].split("/")[0]
    key = unquote(full_url.split("/routesettings/")[1])
    if limits[api].pop(key, None) is None:
        return 404, {"x-amzn-errortype": "NotFoundException"}, json.dumps({"message": "Unable to find it"})
    return 204, {}, ""


STAGE = "{0}/v2/apis/(?P<api_id>[^/]+)/stages/(?P<stage_name>[^/]+)"
urls.url_paths[f"{STAGE}$"] = stage
urls.url_paths[f"{STAGE}/routesettings/(?P<route_key>.+)$"] = settings_of_route
