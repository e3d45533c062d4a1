using Microsoft.Extensions.Configuration.Memory;

namespace Monolith.Api.Hosting;

/// <summary>The settings that the program brings along. They are part of it, so that they hold wherever it is started from; files, environment and command line win over them.</summary>
internal static class HostDefaults
{
    public static void Add(IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LoggingSettings.Defaults });
}
