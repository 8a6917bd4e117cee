"""An AWS account in a process: moto's server, and what a deployment needs of CloudFormation that moto leaves out.

Usage: emulator.py PORT FOLDER. A file "fail" in FOLDER makes the next new stack fail, as one does whose resource cannot be made. What the account is like,
"account.json" in FOLDER may say.
"""

import json
import sys
import time
from pathlib import Path

import emulated_gateway
from moto.awslambda.urls import url_paths as lambda_paths
from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.cloudformation.models import CloudFormationBackend
from moto.cloudformation import parsing
from moto.cloudformation.parsing import ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudwatch.models import cloudwatch_backends
from moto.core.common_models import CloudFormationModel
from moto.core.responses import ActionResult
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Backup
from moto.moto_api._internal import mock_random
from moto.s3.models import FakeBucket, s3_backends
from moto.server import main
from moto.servicequotas.models import ServiceQuotasBackend
from moto.ses.responses import EmailResponse
from moto.sns.models import Topic

PORT, FOLDER = sys.argv[1], Path(sys.argv[2])
# moto tells the service of a model by the module that it is in.
__name__ = "moto.rehearsal.models"


def account():
    """Quotas and health: those of an account that is well, but for what the file says."""
    well = {"sending": True, "mailQuota": 50_000, "mailsSent": 0, "bounces": 0, "callsAtOnce": 1000, "requestsPerSecond": 10_000}
    file = FOLDER / "account.json"
    return {**well, **(json.loads(file.read_text()) if file.exists() else {})}


class Remembered:
    """A resource that nothing asks about: it has an id, and the attributes that a template refers to."""

    def __init__(self, name, region):
        self.name = name
        self.region = region

    @property
    def physical_resource_id(self):
        return self.name

    def get_cfn_attribute(self, attribute):
        if attribute == "ApiEndpoint":
            return f"https://{self.name}.execute-api.{self.region}.amazonaws.com"
        if attribute.endswith("Arn"):
            return f"arn:aws:remembered:{self.region}:123456789012:{self.name}"
        return self.name

    @classmethod
    def has_cfn_attr(cls, attr):
        return True

    @staticmethod
    def cloudformation_name_type():
        return ""

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        return cls(mock_random.get_random_hex(10), region_name)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        pass

    def delete(self, *args):
        pass

    def is_created(self):
        return True


def remembered(resource_type):
    type_of = staticmethod(lambda: resource_type)
    return type(resource_type.replace(":", ""), (Remembered, CloudFormationModel), {"__module__": __name__, "cloudformation_type": type_of})


REMEMBERED = [
    remembered(resource_type)
    for resource_type in (
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGatewayV2::Integration",
        "AWS::ApiGatewayV2::DomainName",
        "AWS::ApiGatewayV2::ApiMapping",
        "AWS::CloudWatch::Dashboard",
        "AWS::Lambda::Permission",
        "AWS::Logs::MetricFilter",
        "AWS::Logs::QueryDefinition",
        "AWS::S3::BucketPolicy",
        "AWS::Scheduler::Schedule",
        "AWS::SNS::Subscription",
        "AWS::SQS::QueuePolicy",
    )
]


Route, Stage = emulated_gateway.models_from(Remembered, CloudFormationModel, __name__)


class Alarm(CloudFormationModel):
    """An alarm that CloudWatch then knows."""

    def __init__(self, name):
        self.name = name

    @property
    def physical_resource_id(self):
        return self.name

    @staticmethod
    def cloudformation_name_type():
        return "AlarmName"

    @staticmethod
    def cloudformation_type():
        return "AWS::CloudWatch::Alarm"

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "Arn"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        cloudwatch_backends[account_id][region_name].put_metric_alarm(
            name=resource_name,
            namespace=properties.get("Namespace"),
            metric_name=properties.get("MetricName"),
            comparison_operator=properties["ComparisonOperator"],
            evaluation_periods=int(properties["EvaluationPeriods"]),
            period=int(properties.get("Period", 60)),
            threshold=float(properties["Threshold"]),
            statistic=properties.get("Statistic"),
            description=properties.get("AlarmDescription", ""),
            dimensions=[],
            alarm_actions=properties.get("AlarmActions", []),
        )
        return cls(resource_name)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        return cls.create_from_cloudformation_json(original_resource.name, cloudformation_json, account_id, region_name)

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        cloudwatch_backends[account_id][region_name].delete_alarms([resource_name])

    def is_created(self):
        return True


class EmptiesBucket(Remembered, CloudFormationModel):
    """What CDK has a function do, which moto would run in Docker: a bucket is emptied before it is deleted."""

    @staticmethod
    def cloudformation_type():
        return "Custom::S3AutoDeleteObjects"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        made = super().create_from_cloudformation_json(resource_name, cloudformation_json, account_id, region_name)
        made.bucket = cloudformation_json["Properties"]["BucketName"]
        return made

    def delete(self, account_id, region_name):
        # moto deletes in no order: the bucket, where it was empty, may be gone.
        bucket = s3_backends[account_id]["aws"].buckets.get(self.bucket)
        if bucket is not None:
            bucket.keys.clear()


delete_bucket = FakeBucket.delete_from_cloudformation_json


def delete_empty_bucket(cls, resource_name, cloudformation_json, account_id, region_name):
    """moto leaves one that is not empty without a word."""
    if s3_backends[account_id]["aws"].get_bucket(resource_name).keys:
        raise ValidationError(resource_name, message="The bucket you tried to delete is not empty.")
    delete_bucket(resource_name, cloudformation_json, account_id, region_name)


delete_all = ResourceMap.delete


def delete_but_retained(self):
    for resource in self._resource_json_map.values():
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
            resource["DeletionPolicy"] = "Retain"
    delete_all(self)


execute = CloudFormationBackend.execute_change_set
delete = CloudFormationBackend.delete_stack


def execute_change_set(self, change_set_name, stack_name=None):
    change_set = self.change_sets[change_set_name]
    stack = self.stacks[change_set.stack_id]
    failing = FOLDER / "fail"
    if change_set.change_set_type == "CREATE" and failing.exists():
        failing.unlink()
        for status in ("CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE"):
            stack._add_stack_event(status, resource_status_reason="The following resource(s) failed to create: [Rehearsed].")
        stack.status = "ROLLBACK_COMPLETE"
        change_set.execution_status = "EXECUTE_FAILED"
        return
    # moto shows a stack from a change set no exports of others, and leaves it with the outputs from before.
    stack.cross_stack_resources = self.exports
    stack.resource_map.cross_stack_resources = self.exports
    execute(self, change_set_name, stack_name)
    refusal = emulated_gateway.refusal()
    if refusal:
        for status in ("UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"):
            stack._add_stack_event(status, resource_status_reason=refusal)
        stack.status = "UPDATE_ROLLBACK_COMPLETE"
        change_set.execution_status = "EXECUTE_FAILED"
        return
    stack.template_dict = change_set.template_dict
    stack.output_map = stack._create_output_map()
    for export in stack.exports:
        self.exports[export.name] = export


def delete_stack(self, name_or_stack_id):
    for stack in self.stacks.values():
        if name_or_stack_id in (stack.name, stack.stack_id) and stack.enable_termination_protection:
            raise ValidationError(stack.name, message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
    delete(self, name_or_stack_id)


def of_its_stack(method):
    """moto looks for change sets of all stacks by their name, which the CDK CLI gives to all alike."""

    def with_arn(self):
        name, stack = self._get_param("ChangeSetName"), self._get_param("StackName")
        change_sets = self.cloudformation_backend.change_sets
        arns = [
            arn for arn, one in change_sets.items() if one.change_set_name == name and stack in (one.stack_name, one.stack_id)
        ]
        get = self._get_param
        self._get_param = lambda key, *rest: arns[-1] if key == "ChangeSetName" and arns else get(key, *rest)
        return method(self)

    return with_arn


class ChangeSetNotFound(CloudFormationError):
    code = "ChangeSetNotFound"
    __module__ = ValidationError.__module__


def describe_change_set(self, change_set_name):
    if change_set_name not in self.change_sets:
        raise ChangeSetNotFound(f"ChangeSet [{change_set_name}] does not exist")
    return self.change_sets[change_set_name]


def delete_change_set(self, change_set_name):
    self.change_sets.pop(change_set_name, None)


def update_termination_protection(self):
    stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
    stack.enable_termination_protection = self._get_param("EnableTerminationProtection") is True
    return ActionResult({"StackId": stack.stack_id})


def get_send_quota(self):
    now = account()
    return ActionResult({"Max24HourSend": now["mailQuota"], "MaxSendRate": 14, "SentLast24Hours": now["mailsSent"]})


def get_account_sending_enabled(self):
    return ActionResult({"Enabled": account()["sending"]})


def get_send_statistics(self):
    point = {"DeliveryAttempts": 100, "Bounces": account()["bounces"], "Complaints": 0, "Rejects": 0}
    return ActionResult({"SendDataPoints": [point]})


def get_service_quota(self, service_code, quota_code):
    return {"ServiceCode": service_code, "QuotaCode": quota_code, "Value": account()["requestsPerSecond"]}


def account_settings(request, full_url, headers):
    return 200, {}, json.dumps({"AccountLimit": {"ConcurrentExecutions": account()["callsAtOnce"]}})


def update_topic(cls, original_resource, *others, **named):
    """moto makes another topic, which alarms do not know."""
    return original_resource


Topic.update_from_cloudformation_json = classmethod(update_topic)
describe_backups = DynamoDBBackend.describe_continuous_backups


def describe_continuous_backups(self, table_name):
    """moto has recovery reach no further than the moment at which it was switched on."""
    backups = describe_backups(self, table_name)
    recovery = backups.get("PointInTimeRecoveryDescription", {})
    if "LatestRestorableDateTime" in recovery:
        recovery["LatestRestorableDateTime"] = time.time()
    return backups


DynamoDBBackend.describe_continuous_backups = describe_continuous_backups
delete_table = DynamoDBBackend.delete_table


def delete_kept_table(self, name):
    """moto keeps nothing of a table with recovery that is deleted."""
    table = delete_table(self, name)
    recovery = table.continuous_backups.get("PointInTimeRecoveryDescription", {})
    if recovery.get("PointInTimeRecoveryStatus") == "ENABLED":
        backup = Backup(self.account_id, self.region_name, f"{table.name}$DeletedTableBackup", table, type_="SYSTEM")
        self.backups[backup.arn] = backup
    return table


DynamoDBBackend.delete_table = delete_kept_table
for action in (get_send_quota, get_account_sending_enabled, get_send_statistics):
    setattr(EmailResponse, action.__name__, action)
ServiceQuotasBackend.get_service_quota = get_service_quota
lambda_paths[r"{0}/2016-08-19/account-settings/?$"] = account_settings

parse = ResourceMap.parse_ssm_parameter


def parse_ssm_parameter(self, value, value_type):
    """A second deployment passes the value on that moto has already read, in place of its name."""
    return parse(self, value, value_type) if value.startswith("/") else value


ResourceMap.parse_ssm_parameter = parse_ssm_parameter
ResourceMap.delete = delete_but_retained
FakeBucket.delete_from_cloudformation_json = classmethod(delete_empty_bucket)
parsing.CustomModel = EmptiesBucket
CloudFormationBackend.execute_change_set = execute_change_set
CloudFormationBackend.delete_stack = delete_stack
CloudFormationBackend.describe_change_set = describe_change_set
CloudFormationBackend.delete_change_set = delete_change_set
for action in ("describe_change_set", "execute_change_set", "delete_change_set"):
    setattr(CloudFormationResponse, action, of_its_stack(getattr(CloudFormationResponse, action)))
CloudFormationResponse.update_termination_protection = update_termination_protection
main(["-H", "127.0.0.1", "-p", PORT])
