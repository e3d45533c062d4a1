using Monolith.Kernel.Authorization;

namespace Monolith.Web.Dashboard;

/// <summary>Where an entry of the navigation stands.</summary>
public enum NavigationGroup
{
    /// <summary>About the whole deployment.</summary>
    Deployment,

    /// <summary>About the organization in view.</summary>
    Organization,
}

/// <summary>One entry of the navigation.</summary>
/// <param name="Group">Where it stands.</param>
/// <param name="Order">Entries of a group stand in this order.</param>
/// <param name="Text">What people read.</param>
/// <param name="Path">The page; pages below it count as the same place.</param>
/// <param name="Icon">A name that <c>Icon</c> knows.</param>
public sealed record NavigationItem(NavigationGroup Group, int Order, string Text, string Path, string Icon);

/// <summary>A module's entries. Register one as scoped; the layout shows the entries of all modules.</summary>
public interface INavigationSource
{
    /// <summary>Only those entries that the caller may open. It decides in memory: no query.</summary>
    /// <param name="caller">Signed in.</param>
    /// <param name="organization">The organization in view; null when the caller can see none.</param>
    IEnumerable<NavigationItem> Items(ICaller caller, OrganizationInfo? organization);
}
