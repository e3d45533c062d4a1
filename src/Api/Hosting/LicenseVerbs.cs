using System.Globalization;
using Monolith.Entitlements.Contracts;

namespace Monolith.Api.Hosting;

/// <summary><c>license keygen</c> and <c>license issue</c>: a license desk at the command line. What a program reads goes to standard output alone.</summary>
internal static class LicenseVerbs
{
    private const string Usage =
        """
        Usage:
          license keygen
              prints a new key pair: keep the private key, trust the public key with Licensing__TrustedKeys__<kid>
          license issue [--account ID] [--account-type TYPE] [--feature-set premium|enterprise]
                        [--features name=value,...] [--addons name,...] [--days N] [--grace-days N]
                        [--starts-in-days N] [--trial] [--deployments uuid,...] [--require-telemetry]
                        [--key BASE64 --kid ID]
              prints a signed license; without --key it signs with the development key of this machine
        """;

    private static readonly string[] Options =
    [
        "account", "account-type", "feature-set", "features", "addons", "days", "grace-days", "starts-in-days", "deployments", "key", "kid",
    ];

    private static readonly string[] Switches = ["trial", "require-telemetry"];

    public static int Run(string[] args)
    {
        try
        {
            return args switch
            {
                ["keygen"] => KeyGen(),
                ["issue", .. var rest] when !rest.Contains("--help") => Issue(Parse(rest)),
                ["issue", ..] => Print(Console.Out, Usage, 0),
                _ => Print(Console.Error, Usage, 2),
            };
        }
        catch (FormatException wrong)
        {
            return Print(Console.Error, wrong.Message, 2);
        }
    }

    private static int KeyGen()
    {
        var pair = LicenseTool.GenerateKeyPair();
        return Print(Console.Out, $"private {Convert.ToBase64String(pair.PrivateKey)}\npublic  {Convert.ToBase64String(pair.PublicKey)}", 0);
    }

    private static int Issue(Dictionary<string, string> options)
    {
        var (key, kid) = SigningKey(options);
        var now = TimeProvider.System.GetUtcNow();
        var starts = now.AddDays(Number(options, "starts-in-days", 0));
        var expires = starts.AddDays(Number(options, "days", 365));
        var terms = new LicenseTerms(
            options.GetValueOrDefault("account", "development"),
            starts,
            expires,
            expires.AddDays(Number(options, "grace-days", 30)),
            now,
            options.GetValueOrDefault("account-type", "salesforce"),
            options.GetValueOrDefault("feature-set", ""),
            Split(options, "features").Select(Grant).ToDictionary(grant => grant.Name, grant => grant.Value, StringComparer.Ordinal),
            Split(options, "addons"),
            options.ContainsKey("trial"),
            [.. Split(options, "deployments").Select(text => Guid.TryParse(text, out var id) ? id : throw new FormatException("--deployments takes uuids."))],
            options.ContainsKey("require-telemetry"));
        return Print(Console.Out, LicenseTool.Issue(terms, key, kid), 0);
    }

    private static (byte[] Key, string Kid) SigningKey(Dictionary<string, string> options)
    {
        if (!options.TryGetValue("key", out var text))
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            return (DevelopmentKey.LoadOrCreate(DevelopmentKey.DirectoryOf(configuration)).PrivateKey, DevelopmentKey.Id);
        }

        var key = new byte[32];
        if (!Convert.TryFromBase64String(text, key, out var length) || length != 32)
            throw new FormatException("--key takes the private key that 'license keygen' printed.");
        return (key, options.GetValueOrDefault("kid") ?? throw new FormatException("--key needs --kid, the name under which the public key is trusted."));
    }

    private static (string Name, long Value) Grant(string text) =>
        text.Split('=') is [var name, var value] && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (name, number)
            : throw new FormatException("--features takes name=number pairs, separated by commas.");

    private static int Number(Dictionary<string, string> options, string name, int fallback) =>
        !options.TryGetValue(name, out var text) ? fallback
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"--{name} takes a whole number.");

    private static string[] Split(Dictionary<string, string> options, string name) =>
        options.GetValueOrDefault(name, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Dictionary<string, string> Parse(string[] args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            var (name, inline) = args[i].StartsWith("--", StringComparison.Ordinal) && args[i][2..].Split('=', 2) is [var left, .. var right]
                ? (left, right.FirstOrDefault())
                : throw new FormatException($"Unexpected argument {i + 1}.\n{Usage}");
            if (Switches.Contains(name) && inline is null)
                options[name] = "true";
            else if (Options.Contains(name) && (inline ?? args.ElementAtOrDefault(++i)) is { } value)
                options[name] = value;
            else
                throw new FormatException($"Unknown or incomplete option, argument {i + 1}.\n{Usage}");
        }

        return options;
    }

    private static int Print(TextWriter writer, string text, int code)
    {
        writer.WriteLine(text);
        return code;
    }
}
