using Microsoft.OpenApi;

namespace Monolith.Api.Description;

/// <summary>A sentence for each tag that operations have. A module names the tags of its rooms; what they mean stands here, in the order in which readers need them.</summary>
internal static class ApiTags
{
    private static readonly (string Name, string Description)[] Known =
    [
        ("Authorization", "Signing in and out, scopes of tokens, who may do what, and why."),
        ("Users", "Accounts of people and services, their settings, sessions and tokens."),
        ("Organizations", "Organizations and their settings."),
        ("Members", "Users in organizations, and the roles that they hold there."),
        ("Roles", "Roles of the deployment and of organizations."),
        ("Groups", "Groups of members of an organization."),
        ("Licenses", "Licenses and what they entitle to."),
        ("Entitlements", "What the deployment may use."),
        ("AI seats", "Who holds an AI seat, why, and how many there are."),
        ("AI usage", "Reports of AI use, and what was reported."),
        ("Insights", "Numbers over time."),
        ("Audit", "What changed, when, and by whom."),
        ("Notifications", "What admins are told by e-mail and webhook, and whether it arrived."),
        ("General", "What clients ask a server about itself."),
    ];

    public static void Describe(OpenApiDocument document)
    {
        var used = document.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? []).SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>()).Select(tag => tag.Name).ToHashSet();
        document.Tags = new SortedSet<OpenApiTag>(
            used.OfType<string>().Select(name => new OpenApiTag { Name = name, Description = Array.Find(Known, one => one.Name == name).Description }),
            Comparer<OpenApiTag>.Create((x, y) => Rank(x).CompareTo(Rank(y)) is not 0 and var rank ? rank : string.CompareOrdinal(x.Name, y.Name)));
    }

    private static int Rank(OpenApiTag tag) => Array.FindIndex(Known, one => one.Name == tag.Name) is >= 0 and var rank ? rank : int.MaxValue;
}
