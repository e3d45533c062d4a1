using Monolith.Roles.Authorizer;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.AuthCheck;

/// <summary>Tells why: the authorizer's own verdict, and what each compiled role says about the question.</summary>
internal static class DecisionExplainer
{
    /// <param name="subject">Whom the question is about.</param>
    /// <param name="action">An action that the type declares.</param>
    /// <param name="target">The object.</param>
    /// <param name="withScope">False leaves the scope out of the answer.</param>
    /// <param name="suspended">Shown as it is.</param>
    public static Decision Explain(RoleSubject subject, PermissionAction action, in ResourceObject target, bool withScope = true, bool suspended = false)
    {
        var verdict = subject.Decide(action, target);
        var scope = Scope(subject.Scope, action, target);
        AccessListVote? accessList = target.Acl is null ? null : new(subject.AllowedByAccessList(action, target));
        IReadOnlyList<RoleVote> roles = [.. Votes(subject, action, target, verdict).OrderBy(vote => vote.Level)];
        return new Decision(
            subject.UserId,
            suspended,
            verdict.Allowed,
            verdict.Decider,
            Reason(verdict, roles, scope),
            new DecisionObject(target.Type.WireName(), target.Id, target.OrganizationId, target.OwnerId, target.AnyOrganization),
            action.WireName(),
            Levels(subject, action, target),
            roles,
            withScope ? scope : null,
            accessList);
    }

    private static LevelVote[] Levels(RoleSubject subject, PermissionAction action, in ResourceObject target)
    {
        var votes = subject.Votes(action, target);
        var applies = Applies(subject.UserId, target);
        return
        [
            new(Level.Site, applies(Level.Site), ToVote(votes.Site)),
            new(Level.User, applies(Level.User), ToVote(votes.User)),
            new(Level.Organization, applies(Level.Organization), ToVote(votes.Organization)),
            new(Level.Member, applies(Level.Member), ToVote(votes.Member)),
        ];
    }

    private static IEnumerable<RoleVote> Votes(RoleSubject subject, PermissionAction action, ResourceObject target, Verdict verdict)
    {
        var applies = Applies(subject.UserId, target);
        return from held in subject.OrganizationRoleFilter
               from level in Enum.GetValues<Level>()
               where applies(level) && (level is Level.Site or Level.User || IsAbout(held, target))
               let said = SetOf(held.Compiled, level).Says(target.Type, action)
               from vote in Spoken(said)
               select new RoleVote(
                   held.Name,
                   held.OrganizationId,
                   held.IsBuiltIn,
                   level,
                   vote,
                   PermissionView.From(new Permission(vote == Vote.Deny, target.Type, action)),
                   verdict.Decider == DeciderOf(level) && verdict.Allowed == (vote == Vote.Allow));
    }

    private static Func<Level, bool> Applies(Guid userId, ResourceObject target)
    {
        var inOrganization = target.AnyOrganization || target.OrganizationId is not null;
        var owned = target.OwnerId == userId;
        return level => level switch
        {
            Level.User => owned && !inOrganization,
            Level.Organization => inOrganization,
            Level.Member => owned && inOrganization,
            _ => true,
        };
    }

    private static bool IsAbout(HeldRole held, in ResourceObject target) =>
        held.OrganizationId is { } id && (target.AnyOrganization || id == target.OrganizationId);

    private static PermissionSet SetOf(CompiledRole role, Level level) => level switch
    {
        Level.Site => role.Site,
        Level.User => role.User,
        Level.Organization => role.Organization,
        _ => role.Member,
    };

    private static IEnumerable<Vote> Spoken((bool Allows, bool Denies) said)
    {
        if (said.Allows)
            yield return Vote.Allow;
        if (said.Denies)
            yield return Vote.Deny;
    }

    private static Vote ToVote(int vote) => vote == 0 ? Vote.Abstain : vote > 0 ? Vote.Allow : Vote.Deny;

    private static Decider DeciderOf(Level level) => level switch
    {
        Level.Site => Decider.Site,
        Level.User => Decider.User,
        Level.Organization => Decider.Organization,
        _ => Decider.Member,
    };

    private static ScopeVote Scope(Scope scope, PermissionAction action, in ResourceObject target) => new(
        scope.Allows(action, target), scope.Names, scope.Permits(action, target.Type), scope.Lists(target.Type, target.Id));

    private static string Reason(Verdict verdict, IReadOnlyList<RoleVote> roles, ScopeVote scope)
    {
        var names = string.Join(", ", roles.Where(role => role.Decisive).Select(role => role.Role).Distinct());
        var verb = verdict.Allowed ? "Allowed" : "Denied";
        return verdict.Decider switch
        {
            Decider.None => "Refused: no role of the user grants this here.",
            Decider.AccessList => "Allowed by the access list of the object.",
            Decider.Scope when !scope.Permits => "Refused: the user may do this, but no scope of the API key grants it.",
            Decider.Scope => "Refused: the user may do this, but the allow list of the API key does not hold this object.",
            Decider.Site => $"{verb} on the whole deployment by {names}.",
            Decider.User => $"{verb} on the user's own objects outside organizations by {names}.",
            Decider.Organization => $"{verb} on everything in the organization by {names}.",
            _ => $"{verb} on the user's own objects in the organization by {names}.",
        };
    }
}
