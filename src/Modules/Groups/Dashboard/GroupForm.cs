using System.Globalization;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Dashboard;

/// <summary>The fields of a group, as a form holds them.</summary>
internal sealed record GroupForm(string Name, string DisplayName, string AvatarUrl, string Allowance)
{
    public static GroupForm Empty { get; } = new("", "", "", "0");

    /// <summary>The fields that show their complaints themselves.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["name", "display_name", "avatar_url", "quota_allowance"];

    public GroupFields.Values Values => new(Name, DisplayName, AvatarUrl, Allowance);

    /// <summary>What no number is becomes one that is refused.</summary>
    public long Quota => long.TryParse(Allowance, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public static GroupForm Of(GroupRow group) => new(group.Name, group.DisplayName, group.AvatarUrl, group.QuotaAllowance.ToString(CultureInfo.InvariantCulture));

    /// <summary>What was typed; <paramref name="otherwise"/> when no form was sent.</summary>
    public static GroupForm Read(HttpContext http, GroupForm otherwise)
    {
        if (!http.Request.HasFormContentType)
            return otherwise;
        var sent = http.Request.Form;
        return new(Text("name", otherwise.Name), Text("display_name", otherwise.DisplayName), Text("avatar_url", otherwise.AvatarUrl), Text("quota_allowance", otherwise.Allowance));

        string Text(string name, string absent) => sent.ContainsKey(name) ? sent[name].ToString().Trim() : absent;
    }
}
