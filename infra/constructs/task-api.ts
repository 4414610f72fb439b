import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseType,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { errorEntry } from '#shared/domain/errors.ts';
import type { QuireFunction } from './quire-function.ts';

export interface TaskApiProps {
  readonly stage: string;
  readonly handler: QuireFunction;
  readonly authorizer: QuireFunction;
  readonly requestsPerSecond: number;
}

/**
 * The REST API: every `/v1` route goes to one function, with a key except for the health check. API Gateway takes bodies of up to
 * 10 MB and the function 6 MB; files do not come this way but by presigned POST to the bucket.
 */
export class TaskApi extends Construct {
  readonly url: string;
  readonly requests: Metric;
  readonly serverErrors: Metric;

  constructor(scope: Construct, id: string, props: TaskApiProps) {
    super(scope, id);
    const api = createRestApi(this, props);
    const integration = new LambdaIntegration(props.handler, { allowTestInvoke: false });
    const authorizer = new TokenAuthorizer(this, 'Authorizer', {
      handler: props.authorizer,
      identitySource: 'method.request.header.Authorization',
      // What cannot be a key is refused without running the function.
      validationRegex: '^[Bb]earer +[!-~]{8,256}$',
      resultsCacheTtl: Duration.seconds(300),
    });
    const requestValidator = api.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });

    const version = api.root.addResource('v1');
    version.addResource('{proxy+}').addMethod('ANY', integration, {
      authorizationType: AuthorizationType.CUSTOM,
      authorizer,
      requestValidator,
      requestParameters: { 'method.request.path.proxy': true },
    });
    version.addResource('health').addMethod('GET', integration, {
      authorizationType: AuthorizationType.NONE,
    });
    refuseAsProblem(api);
    this.url = api.url;
    this.requests = api.deploymentStage.metricCount();
    this.serverErrors = api.deploymentStage.metricServerError({ statistic: 'Sum' });
  }
}

function createRestApi(scope: TaskApi, props: TaskApiProps): RestApi {
  const accessLogs = logGroup(scope, 'AccessLogs');
  const api = new RestApi(scope, 'Api', {
    // Metrics know the API by its name only.
    restApiName: Stack.of(scope).stackName,
    description: 'Quire: tasks, uploads and artifacts',
    endpointConfiguration: { types: [EndpointType.REGIONAL] },
    // Without it artifacts would arrive as base64 text.
    binaryMediaTypes: ['*/*'],
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
  latencyInMs: AccessLogField.contextResponseLatency(),
  responseLength: AccessLogField.contextResponseLength(),
};

/** API Gateway's own refusals of a key in the form of all other errors, with 401 also where it would say 403. */
function refuseAsProblem(api: RestApi): void {
  const { title, remedy, httpStatus } = errorEntry('unauthorized');
  const problem = {
    type: 'about:blank',
    title,
    status: httpStatus,
    detail: remedy,
    code: 'unauthorized',
  };
  for (const type of [ResponseType.UNAUTHORIZED, ResponseType.ACCESS_DENIED]) {
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(httpStatus),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'WWW-Authenticate': "'Bearer'",
      },
      templates: { 'application/json': JSON.stringify(problem) },
    });
  }
}

function logGroup(scope: Construct, id: string, logGroupName?: string): LogGroup {
  return new LogGroup(scope, id, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
    ...(logGroupName === undefined ? {} : { logGroupName }),
  });
}
