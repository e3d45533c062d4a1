namespace Monolith.Data.Connections;

/// <summary>The data sources beside the one of requests, which has no key.</summary>
public static class DataSources
{
    /// <summary>For work beside the requests: few connections, without the limits of time that requests have.</summary>
    public const string Background = "background";
}
