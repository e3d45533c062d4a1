namespace Monolith.Roles.Authorizer;

/// <summary>A role as a subject holds it.</summary>
/// <param name="Name">The bare name.</param>
/// <param name="OrganizationId">Where it is held; null for a site role.</param>
/// <param name="Compiled">What it grants.</param>
/// <param name="IsBuiltIn">False for custom roles: the assignment matrix knows built-in names only.</param>
internal sealed record HeldRole(string Name, Guid? OrganizationId, CompiledRole Compiled, bool IsBuiltIn);
