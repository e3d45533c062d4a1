using System.ComponentModel;
using Monolith.Roles.Authorizer;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.AuthCheck;

/// <summary>A decision with everything that led to it.</summary>
internal sealed record Decision(
    [property: Description("The user whom the question is about.")]
    Guid UserId,
    [property: Description("True when the user is suspended: they are turned away before anything is decided. The decision is what their roles say.")]
    bool Suspended,
    [property: Description("The decision: (roles or access list) and scope. Always the one that a request would meet.")]
    bool Allowed,
    [property: Description("What settled it. Levels are asked in the order site, user, organization, member; the first that does not abstain wins. "
        + "access_list: a grant on the object itself. scope: roles or access list allow it, the API key does not. none: nothing spoke, which refuses.")]
    Decider DecidedBy,
    [property: Description("The same in one English sentence.")]
    string Reason,
    [property: Description("The object as it was judged.")]
    DecisionObject Object,
    [property: Description("The action asked about.")]
    string Action,
    [property: Description("All four levels, also those after the one that settled it.")]
    IReadOnlyList<LevelVote> Levels,
    [property: Description("Every role and permission that spoke at a level that applies, in the order of the levels. Roles that say nothing are left out.")]
    IReadOnlyList<RoleVote> Roles,
    [property: Description("The verdict of the caller's API key. Left out for another user: nobody knows which key they will use.")]
    ScopeVote? Scope,
    [property: Description("The verdict of the access list. Left out when the object carries none.")]
    AccessListVote? AccessList);

/// <summary>The object of a decision.</summary>
internal sealed record DecisionObject(string ResourceType, Guid? Id, Guid? OrganizationId, Guid? OwnerId, bool AnyOrg);

/// <summary>A level of roles.</summary>
internal enum Level
{
    /// <summary>Every object of the deployment.</summary>
    Site,

    /// <summary>The user's own objects outside organizations.</summary>
    User,

    /// <summary>Every object of the organization.</summary>
    Organization,

    /// <summary>The user's own objects in the organization.</summary>
    Member,
}

/// <summary>What a level or a role says.</summary>
internal enum Vote
{
    /// <summary>Nothing.</summary>
    Abstain,

    /// <summary>Yes.</summary>
    Allow,

    /// <summary>No: one denial outweighs every grant of its level.</summary>
    Deny,
}

/// <summary>The sum of one level.</summary>
internal sealed record LevelVote(
    Level Level,
    [property: Description("False when the level does not concern this object, such as user for an object in an organization.")]
    bool Applies,
    Vote Vote);

/// <summary>One permission of one role that spoke.</summary>
internal sealed record RoleVote(
    [property: Description("The bare name of the role; implied roles such as member and organization-member included.")]
    string Role,
    [property: Description("The organization that the role is held in; left out for site roles.")]
    Guid? OrganizationId,
    [property: Description("False for a custom role.")]
    bool BuiltIn,
    Level Level,
    [property: Description("allow or deny.")]
    Vote Vote,
    [property: Description("The permission, as far as it concerns this action and type; a wildcard of the role is shown as what it covers here.")]
    PermissionView Permission,
    [property: Description("True when the decision rests on it.")]
    bool Decisive);

/// <summary>The second set of permissions that must allow too.</summary>
internal sealed record ScopeVote(
    bool Allowed,
    [property: Description("The names of the key's scopes.")]
    IReadOnlyList<string> Scopes,
    [property: Description("True when one of the scopes grants the action.")]
    bool Permits,
    [property: Description("True when the allow list of the key holds the object.")]
    bool Listed);

/// <summary>Grants that stand on the object.</summary>
internal sealed record AccessListVote(bool Allowed);
