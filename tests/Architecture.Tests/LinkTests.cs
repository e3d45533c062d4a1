using System.Text.RegularExpressions;

namespace Monolith.Architecture.Tests;

/// <summary>A page writes its links as paths of this site, and <c>PageBase</c> puts the path base in front of them. These are the ways around it.</summary>
public sealed partial class LinkTests
{
    // The first two answer addresses that are no pages, and put the base in front themselves.
    private static readonly string[] Leaving = ["ApiDocument.cs", "ClientEntries.cs", "DashboardAuthenticationMiddleware.cs", "DashboardPage.cs"];

    [Fact]
    public void Pages_leave_by_DashboardPage_which_adds_the_base()
    {
        var files = Solution.Sources().Concat(Solution.Sources("src", "razor")).ToList();
        Assert.Equal(Leaving, files.Where(file => Leave().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Elements_hold_paths_only_in_the_attributes_that_get_the_base()
    {
        var files = Solution.Sources("src", "razor");
        Assert.Contains(files, file => LinkedPath().IsMatch(File.ReadAllText(file)));
        Faults.None(files.SelectMany(file => OtherPath().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")));
    }

    [Fact]
    public void Script_and_style_name_no_path_of_this_site()
    {
        var files = Solution.Sources(Path.Combine("src", "Api", "wwwroot"), "js").Concat(Solution.Sources(Path.Combine("src", "Api", "wwwroot"), "css")).ToList();
        Assert.True(files.Count > 10);
        Faults.None(files.SelectMany(file => NamedPath().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")));
    }

    [GeneratedRegex(@"\bNavigationManager\b|\bNavigateTo\(|\.Redirect\(|\bResults?\.(Local)?Redirect|\bHeaders\.Location\b")]
    private static partial Regex Leave();

    [GeneratedRegex("""\s(href|src|action|formaction)="/""")]
    private static partial Regex LinkedPath();

    // Elements and their attributes are lower case; what goes to a component begins with a capital. Markup that is a string is not seen here.
    [GeneratedRegex("""\s(?!(?:href|src|action|formaction)=)[a-z][a-z-]*=(?:"(?:@\(\$?")?|'|"[^"<>]*url=)/(?!/)|\s(href|src|action|formaction)=(?:'|[^"\s])[^>]*|\bMarkupString\b|\bAddMarkupContent\b|<base\b|\bsrcset=|http-equiv=""")]
    private static partial Regex OtherPath();

    [GeneratedRegex("""['"`]/(?!/)\w[^'"`]*['"`]|url\(\s*['"]?/|\bimport\b[^\n]*['"]/""")]
    private static partial Regex NamedPath();
}
