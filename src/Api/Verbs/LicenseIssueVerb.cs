using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Monolith.Entitlements;
using Monolith.Entitlements.Contracts;

namespace Monolith.Api.Verbs;

/// <summary><c>license issue</c>: signs a license. Standard output holds the token alone; what a server would say about it goes to standard error.</summary>
internal static class LicenseIssueVerb
{
    private static readonly Option<string> AccountId = Text("The customer (account_id).", "development", "--account-id", "--account");
    private static readonly Option<string> AccountType = Text("The kind of account (account_type).", "salesforce", "--account-type");
    private static readonly Option<string> FeatureSet = Text("premium, enterprise, or nothing (feature_set).", "", "--feature-set");
    private static readonly Option<bool> AllFeatures = new("--all-features") { Description = "The legacy claim for the set enterprise (all_features)." };
    private static readonly Option<string[]> Features = List("Features and limits (features): name=number, or name for name=1. Separate several with commas, or repeat the option.", "--features", "--feature", "--limits", "--limit");
    private static readonly Option<string[]> Addons = List("Add-ons (addons), such as ai_governance, which needs the limit ai_governance_user_limit.", "--addons", "--addon");
    private static readonly Option<bool> Trial = new("--trial") { Description = "A trial license (trial)." };
    private static readonly Option<DateTimeOffset?> IssuedAt = Time("Time of issue (iat); now by default.", "--issued-at", "--iat");
    private static readonly Option<DateTimeOffset?> NotBefore = Time("Start of the term (nbf); now by default.", "--not-before", "--nbf");
    private static readonly Option<double> StartsInDays = Number("Start of the term, counted from now, in place of --not-before.", 0, "--starts-in-days");
    private static readonly Option<DateTimeOffset?> LicenseExpires = Time("End of the paid term (license_expires).", "--license-expires");
    private static readonly Option<double> Days = Number("End of the paid term, counted from its start, in place of --license-expires.", 365, "--days");
    private static readonly Option<DateTimeOffset?> Expires = Time("End of grace (exp).", "--expires", "--exp");
    private static readonly Option<double> GraceDays = Number("End of grace, counted from the end of the paid term, in place of --expires.", 30, "--grace-days");
    private static readonly Option<string[]> DeploymentIds = List("Only these deployments accept it (deployment_ids); uuids.", "--deployment-ids", "--deployments");
    private static readonly Option<bool> RequireTelemetry = new("--require-telemetry") { Description = "Asks for telemetry (require_telemetry); reported only." };
    private static readonly Option<bool> PublishUsageData = new("--publish-usage-data") { Description = "Allows usage reports to the vendor (publish_usage_data); never sent." };
    private static readonly Option<long> Version = new("--license-version") { Description = "The format (version); servers accept 3 only.", DefaultValueFactory = _ => 3 };
    private static readonly Option<Guid?> Id = new("--id", "--jti") { Description = "The uuid of the license (jti); a new one by default." };
    private static readonly Option<string?> Subject = new("--subject", "--sub") { Description = "An e-mail (sub)." };
    private static readonly Option<string?> Issuer = new("--issuer", "--iss") { Description = "Who issues it (iss)." };
    private static readonly Option<string?> Key = new("--key") { Description = "The private key in base64, as 'license keygen' prints it. Without a key the development key of this machine signs." };
    private static readonly Option<FileInfo?> KeyFile = new("--key-file") { Description = "A file that holds the private key: its base64, or the output of 'license keygen'." };
    private static readonly Option<string?> KeyId = new("--kid") { Description = "The name under which servers trust the public key." };

    public static Command Create(VerbContext context)
    {
        var command = new Command("issue", "Prints a signed license. The claim that an option sets is named in parentheses.")
        {
            AccountId, AccountType, FeatureSet, AllFeatures, Features, Addons, Trial, IssuedAt, NotBefore, StartsInDays, LicenseExpires, Days, Expires, GraceDays,
            DeploymentIds, RequireTelemetry, PublishUsageData, Version, Id, Subject, Issuer, Key, KeyFile, KeyId,
        };
        command.SetAction(parsed => Issue(parsed, context));
        return command;
    }

    private static int Issue(ParseResult parsed, VerbContext context)
    {
        var (pair, kid) = SigningKey(parsed, context);
        var now = TimeProvider.System.GetUtcNow();
        var token = LicenseTool.Issue(Terms(parsed, now), pair.PrivateKey, kid);
        parsed.InvocationConfiguration.Output.WriteLine(token);

        var trusted = KeyValuePair.Create($"Licensing:TrustedKeys:{kid}", (string?)Convert.ToBase64String(pair.PublicKey));
        foreach (var (label, text) in EntitlementsModule.InspectLicense(token, new ConfigurationBuilder().AddInMemoryCollection([trusted]).Build(), now).Lines)
            if (label is "Ignored" or "Error" or "Warning" || text.StartsWith("refused", StringComparison.Ordinal))
                parsed.InvocationConfiguration.Error.WriteLine($"note: {label}: {text}");
        return 0;
    }

    private static LicenseTerms Terms(ParseResult parsed, DateTimeOffset now)
    {
        var starts = parsed.GetValue(NotBefore) ?? now.AddDays(parsed.GetValue(StartsInDays));
        var ends = parsed.GetValue(LicenseExpires) ?? starts.AddDays(parsed.GetValue(Days));
        return new LicenseTerms(
            parsed.GetValue(AccountId)!,
            starts,
            ends,
            parsed.GetValue(Expires) ?? ends.AddDays(parsed.GetValue(GraceDays)),
            parsed.GetValue(IssuedAt) ?? now,
            parsed.GetValue(AccountType)!,
            parsed.GetValue(FeatureSet)!,
            Split(parsed, Features).Select(Grant).GroupBy(grant => grant.Key).ToDictionary(grants => grants.Key, grants => grants.Last().Value, StringComparer.Ordinal),
            Split(parsed, Addons),
            parsed.GetValue(Trial),
            [.. Split(parsed, DeploymentIds).Select(text => Guid.TryParse(text, out var id) ? id : throw new FormatException("--deployment-ids takes uuids."))],
            parsed.GetValue(RequireTelemetry),
            parsed.GetValue(Id),
            parsed.GetValue(Version),
            parsed.GetValue(AllFeatures),
            parsed.GetValue(PublishUsageData),
            parsed.GetValue(Subject),
            parsed.GetValue(Issuer));
    }

    private static (KeyPair Pair, string Kid) SigningKey(ParseResult parsed, VerbContext context)
    {
        var text = parsed.GetValue(KeyFile) is { } file ? File.ReadAllText(file.FullName) : parsed.GetValue(Key);
        if (text is null)
            return (DevelopmentKey.LoadOrCreate(DevelopmentKey.DirectoryOf(context.Configuration())), DevelopmentKey.Id);

        // The output of keygen is a private and a public line.
        var words = text.Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var encoded = words is ["private", var after, ..] ? after : words.Length == 1 ? words[0] : "";
        var key = new byte[32];
        if (!Convert.TryFromBase64String(encoded, key, out var length) || length != key.Length)
            throw new FormatException("The key must be the base64 of a private key of 32 bytes, as 'license keygen' prints it.");
        return (LicenseTool.FromPrivateKey(key), parsed.GetValue(KeyId) ?? throw new FormatException("A key needs --kid, the name under which servers trust the public key."));
    }

    private static KeyValuePair<string, long> Grant(string text) => text.Split('=') switch
    {
        [var name] => KeyValuePair.Create(name, 1L),
        [var name, var value] when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => KeyValuePair.Create(name, number),
        _ => throw new FormatException("--features takes name=number pairs, separated by commas."),
    };

    private static string[] Split(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static Option<string> Text(string description, string fallback, string name, params string[] aliases) =>
        new(name, aliases) { Description = description, DefaultValueFactory = _ => fallback };

    private static Option<string[]> List(string description, string name, params string[] aliases) => new(name, aliases) { Description = description };

    private static Option<double> Number(string description, double fallback, string name) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };

    private static Option<DateTimeOffset?> Time(string description, string name, params string[] aliases) => new(name, aliases)
    {
        Description = $"{description} A date or an RFC 3339 time, UTC unless it says otherwise.",
        HelpName = "time",
        CustomParser = ReadTime,
    };

    private static DateTimeOffset? ReadTime(ArgumentResult argument)
    {
        if (DateTimeOffset.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        argument.AddError("A time must be a date such as 2027-01-31, or an RFC 3339 time such as 2027-01-31T09:00:00Z.");
        return null;
    }
}
