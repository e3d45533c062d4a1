using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Authorization;

namespace Monolith.Web.Dashboard;

/// <summary>How much a notice matters.</summary>
public enum NoticeKind
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>It needs attention soon.</summary>
    Warning,

    /// <summary>Something is wrong now.</summary>
    Error,
}

/// <summary>One line below the head of every page.</summary>
/// <param name="Kind">How much it matters.</param>
/// <param name="Text">What people read.</param>
/// <param name="LinkText">The words of the link.</param>
/// <param name="LinkPath">Where something can be done about it.</param>
public sealed record Notice(NoticeKind Kind, string Text, string LinkText, string LinkPath);

/// <summary>A module's notices. Register one as scoped; the layout shows the notices of all modules.</summary>
public interface INoticeSource
{
    /// <summary>Only what the caller can act on, or may look up. Every page asks: what it costs must not grow with the number of pages shown.</summary>
    /// <param name="caller">Signed in.</param>
    /// <param name="here">The page; leave out what it says itself.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    ValueTask<IReadOnlyList<Notice>> NoticesAsync(ICaller caller, PathString here, CancellationToken cancellationToken);
}
