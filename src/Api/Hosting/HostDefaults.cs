using Microsoft.Extensions.Configuration.Memory;

namespace Monolith.Api.Hosting;

/// <summary>The settings that the program brings along. They are part of it, so that they hold wherever it is started from; files, environment and command line win over them.</summary>
internal static class HostDefaults
{
    /// <summary>The host's own section, which is no setting of ours.</summary>
    public const string HostSection = "hostBuilder";

    /// <summary>
    /// Settings are read once. To see a change of appsettings.json, the host would watch every folder below the one it is started in, which may be the root of the machine:
    /// 40,000 folders took 4 s of each start.
    /// </summary>
    public const string NoWatch = $"--{HostSection}:reloadConfigOnChange=false";

    public static void Add(IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LoggingSettings.Defaults });
}
