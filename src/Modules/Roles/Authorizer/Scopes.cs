using System.Collections.Frozen;
using static Monolith.Roles.Authorizer.Grant;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Authorizer;

/// <summary>The named scopes of API keys. A key with several holds the union; an unknown name grants nothing.</summary>
/// <remarks>The names are canonical: aliases are resolved when a key is made, see <see cref="KeyScopes"/>.</remarks>
internal static class Scopes
{
    public const string Everything = "coder:all";
    public const string ApplicationConnect = "coder:application_connect";

    private static readonly IReadOnlyList<Permission> All = [.. Every(T.Any)];
    private static readonly IReadOnlyList<Permission> ReadMembers = [.. Allow(T.OrganizationMember, A.Read)];

    private static readonly FrozenDictionary<string, IReadOnlyList<Permission>> Named = new Dictionary<string, IReadOnlyList<Permission>>
    {
        [Everything] = All,
        [ApplicationConnect] = [.. Allow(T.Workspace, A.ApplicationConnect)],
        ["no_user_data"] = [.. Every([.. ResourceCatalog.Types.Where(type => type != T.User)])],
        ["coder:workspaces.create"] =
            [.. Allow(T.Template, A.Read, A.Use), .. Allow(T.Workspace, A.Start, A.Stop, A.Create, A.Update, A.Read), .. ReadMembers],
        ["coder:workspaces.operate"] =
            [.. Allow(T.Template, A.Read), .. Allow(T.Workspace, A.Start, A.Stop, A.Read, A.Update), .. ReadMembers],
        ["coder:workspaces.delete"] =
            [.. Allow(T.Template, A.Read, A.Use), .. Allow(T.Workspace, A.Read, A.Delete), .. ReadMembers],
        ["coder:workspaces.access"] =
            [.. Allow(T.Template, A.Read), .. Allow(T.Workspace, A.Read, A.Ssh, A.ApplicationConnect), .. ReadMembers],
        ["coder:templates.build"] =
            [.. Allow(T.Template, A.Read), .. Allow(T.File, A.Create, A.Read), .. Allow(T.ProvisionerJobs, A.Read)],
        ["coder:templates.author"] =
            [.. Allow(T.Template, A.Read, A.Create, A.Update, A.Delete, A.ViewInsights), .. Allow(T.File, A.Create, A.Read)],
        ["coder:apikeys.manage_self"] = [.. Allow(T.ApiKey, A.Read, A.Create, A.Update, A.Delete)],
    }.ToFrozenDictionary();

    private static readonly Scope Unlimited = new([Everything], PermissionSet.Compile(All), AllowEntry.Everything);

    /// <summary>The composite scopes: names with a dot.</summary>
    public static IEnumerable<string> Composites => Named.Keys.Where(name => name.Contains('.', StringComparison.Ordinal));

    /// <param name="names">Canonical names.</param>
    /// <param name="allowList">Entries <c>type:id</c>; one that cannot be read opens nothing. Null opens everything.</param>
    public static Scope Of(IReadOnlyList<string> names, IReadOnlyList<string>? allowList = null)
    {
        var everyObject = allowList is null or ["*:*"];
        if (everyObject && names is [Everything])
            return Unlimited;
        return new Scope(
            names,
            PermissionSet.Compile([.. names.SelectMany(Expand)]),
            everyObject ? [AllowEntry.Everything] : [.. allowList!.Select(AllowEntry.Parse).OfType<AllowEntry>()]);
    }

    private static IEnumerable<Permission> Expand(string name)
    {
        if (Named.TryGetValue(name, out var permissions))
            return permissions;
        return name.Split(':') is [var resource, var action]
            && ResourceCatalog.TryParse(resource, out ResourceType type) && type != T.Any
            && ResourceCatalog.TryParse(action, out PermissionAction parsed)
            && (parsed == A.Any || ResourceCatalog.Declares(type, parsed))
                ? [new Permission(false, type, parsed)]
                : [];
    }
}
