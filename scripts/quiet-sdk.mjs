// The SDK announces the end of its support for Node 20 at every start; Quire supports it as long as the SDK runs on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
