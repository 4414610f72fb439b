import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { refuseCallers } from './access-problems.ts';
import { type ApiAccess, methodAccess } from './api-access.ts';
import { refuseAsProblems } from './gateway-problems.ts';
import type { QuireFunction } from './quire-function.ts';
import { addRoutes } from './task-routes.ts';

export interface TaskApiProps {
  readonly stage: string;
  readonly handler: QuireFunction;
  /** Answers POST /v1/estimates. */
  readonly estimates: QuireFunction;
  readonly access: ApiAccess;
  readonly requestsPerSecond: number;
}

/**
 * The REST API: every `/v1` route but the one for estimates goes to one function, for known callers except for the health check. API
 * Gateway takes bodies of up to 10 MB, the functions 1 MB; files do not come this way but by presigned POST to the bucket, nor leave this
 * way: the answer is text.
 */
export class TaskApi extends Construct {
  readonly url: string;
  readonly stageArn: string;
  readonly requests: Metric;
  readonly serverErrors: Metric;

  constructor(scope: Construct, id: string, props: TaskApiProps) {
    super(scope, id);
    const api = createRestApi(this, props);
    const integration = new LambdaIntegration(props.handler, { allowTestInvoke: false });
    const estimates = new LambdaIntegration(props.estimates, { allowTestInvoke: false });
    const access = methodAccess(this, props.access);
    const requestValidator = api.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });

    const version = api.root.addResource('v1');
    addRoutes(version, { integration, estimates, secured: { ...access, requestValidator } });
    // Open to everybody, but where every request is to be signed.
    const isOpen = props.access.kind !== 'iam';
    version.addResource('health').addMethod('GET', integration, isOpen ? openToAll : access);
    refuseCallers(api, props.access.kind);
    refuseAsProblems(api);
    this.url = api.url;
    this.stageArn = api.deploymentStage.stageArn;
    this.requests = api.deploymentStage.metricCount();
    this.serverErrors = api.deploymentStage.metricServerError({ statistic: 'Sum' });
  }
}

const openToAll = { authorizationType: AuthorizationType.NONE };

function createRestApi(scope: TaskApi, props: TaskApiProps): RestApi {
  const accessLogs = logGroup(scope, 'AccessLogs');
  const api = new RestApi(scope, 'Api', {
    // Metrics know the API by its name only.
    restApiName: Stack.of(scope).stackName,
    description: 'Quire: tasks, uploads and artifacts',
    endpointConfiguration: { types: [EndpointType.REGIONAL] },
    cloudWatchRole: true,
    deployOptions: {
      stageName: props.stage,
      throttlingRateLimit: props.requestsPerSecond,
      throttlingBurstLimit: props.requestsPerSecond * 2,
      tracingEnabled: true,
      // Metrics by method are billed each month; those of the whole API are free.
      metricsEnabled: false,
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      accessLogDestination: new LogGroupLogDestination(accessLogs),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
    },
  });
  // The construct brings an output under a name of its own making; the stack has a better one.
  api.node.tryRemoveChild('Endpoint');
  // API Gateway would create this group itself, and keep it for ever.
  const executionLogs = logGroup(
    scope,
    'ExecutionLogs',
    `API-Gateway-Execution-Logs_${api.restApiId}/${props.stage}`,
  );
  api.deploymentStage.node.addDependency(executionLogs);
  return api;
}

/** Who asked what and how it went; no header, no query, no body. */
const accessLogFields = {
  requestId: AccessLogField.contextRequestId(),
  time: AccessLogField.contextRequestTime(),
  method: AccessLogField.contextHttpMethod(),
  path: AccessLogField.contextPath(),
  status: AccessLogField.contextStatus(),
  tenant: AccessLogField.contextAuthorizerPrincipalId(),
  key: AccessLogField.contextAuthorizer('keyId'),
  latencyInMs: AccessLogField.contextResponseLatency(),
  responseLength: AccessLogField.contextResponseLength(),
};

function logGroup(scope: Construct, id: string, logGroupName?: string): LogGroup {
  return new LogGroup(scope, id, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
    ...(logGroupName === undefined ? {} : { logGroupName }),
  });
}
