using Microsoft.AspNetCore.Builder;

namespace EnterpriseHub.Platform.Security;

/// <summary>Marks endpoints with the role that they need.</summary>
public static class RoleRequirement
{
    /// <summary>Lets only callers of this role or a higher one in; without it a <see cref="HubRole.Viewer"/> is enough.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, HubRole role)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(role);
}
