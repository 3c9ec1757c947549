using EnterpriseHub.Platform.Observability;
using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.Platform.Security;

/// <summary>Opens an endpoint to requests for which it holds; others need a key as everywhere.</summary>
internal sealed record AnonymousIf(Func<HttpContext, MetricsOptions, bool> Holds);
