using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Dashboard;

/// <summary>The fields of a target, as a form holds them.</summary>
internal sealed record TargetForm(string Name, string Url, string Recipients, bool Enabled, IReadOnlyList<string> Rules)
{
    private static readonly char[] Between = ['\r', '\n', ',', ';', ' '];

    public static TargetForm Empty { get; } = new("", "", "", true, RuleName.All);

    /// <summary>The fields that show their complaints themselves.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["name", "url", "recipients"];

    public TargetFields.Values Values => new(Name, Url, Recipients, Enabled, Rules);

    /// <summary>What a form without a single rule is told: on the wire no rule is every rule, and nobody would expect it here.</summary>
    public Error? Complaint => Rules.Count == 0 ? Error.Invalid("rules", Texts.ChooseRule) : null;

    public IReadOnlyList<string> Addresses => Recipients.Split(Between, StringSplitOptions.RemoveEmptyEntries);

    public static TargetForm Of(Target target) => new(target.Name, target.Url ?? "", string.Join('\n', target.Recipients), target.Enabled, target.Rules.Count == 0 ? RuleName.All : target.Rules);

    /// <summary>What was typed; <paramref name="otherwise"/> when no form was sent.</summary>
    public static TargetForm Read(HttpContext http, TargetForm otherwise)
    {
        if (!http.Request.HasFormContentType)
            return otherwise;
        var sent = http.Request.Form;
        return new(sent["name"].ToString().Trim(), sent["url"].ToString().Trim(), sent["recipients"].ToString().Trim(), sent["enabled"] == "true", [.. sent["rules"].OfType<string>()]);
    }
}
