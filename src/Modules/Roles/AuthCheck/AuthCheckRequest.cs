using System.ComponentModel.DataAnnotations;
namespace Monolith.Roles.AuthCheck;

/// <summary>The body of <c>POST /api/v2/authcheck</c>: questions by keys that the client chose.</summary>
internal sealed record AuthCheckRequest(IReadOnlyDictionary<string, AuthCheckItem?>? Checks);

internal sealed record AuthCheckItem([property: Required] AuthCheckObject? Object, [property: Required] string? Action);

internal sealed record AuthCheckObject([property: Required] string? ResourceType, string? OwnerId, string? OrganizationId, string? ResourceId, bool? AnyOrg);
