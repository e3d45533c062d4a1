namespace Monolith.Dashboard.Tests.Browser;

/// <summary>The tests of the pages about roles, licenses and seats. They change the license.</summary>
[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<Site>
{
    public const string Name = "roles, licenses and seats";
}
