namespace Monolith.Client.Tests;

internal static class Repository
{
    public static readonly string Root = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Monolith.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
