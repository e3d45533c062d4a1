namespace Monolith.Members.Users;

/// <summary>How thoughts of agents are shown.</summary>
internal static class ThinkingDisplayMode
{
    public static string[] All { get; } = ["auto", "preview", "always_expanded", "always_collapsed"];
}

/// <summary>How output of tools and changes of code are shown.</summary>
internal static class ToolDisplayMode
{
    public static string[] All { get; } = ["auto", "always_expanded", "always_collapsed"];
}

/// <summary>Which key sends a message.</summary>
internal static class SendShortcut
{
    public static string[] All { get; } = ["enter", "modifier_enter"];
}

/// <summary>Whether the system chooses between two themes.</summary>
internal static class ThemeMode
{
    public static string[] All { get; } = ["sync", "single"];
}

/// <summary>Colors, also for those who see some of them alike.</summary>
internal static class Theme
{
    public static string[] All { get; } = ["light", "light-protan-deuter", "light-tritan", "dark", "dark-protan-deuter", "dark-tritan"];
}

/// <summary>Fonts of terminals.</summary>
internal static class TerminalFont
{
    public static string[] All { get; } = ["fira-code", "geist-mono", "ibm-plex-mono", "jetbrains-mono", "source-code-pro"];
}
