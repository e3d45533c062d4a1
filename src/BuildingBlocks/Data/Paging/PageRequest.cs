using FluentValidation;
using Monolith.Kernel.Pipeline;

namespace Monolith.Data.Paging;

/// <summary>The page parameters as they were sent. They are read as text so that all bad ones are named in one answer.</summary>
/// <param name="Limit">Rows at most; absent, empty or 0 means everything.</param>
/// <param name="Offset">Rows to skip.</param>
/// <param name="AfterId">The id of the last row of the page before.</param>
/// <param name="IsWhole">The whole list is wanted, as a file: the other values are checked and left alone.</param>
[Flattened]
public sealed record PageRequest(string? Limit, string? Offset, string? AfterId, bool IsWhole = false)
{
    /// <summary>The whole list, as a file.</summary>
    public static PageRequest Whole { get; } = new(null, null, null, IsWhole: true);

    /// <summary>The parsed page. Call after validation.</summary>
    public PageWindow ToWindow() => IsWhole ? default : new(
        ParseCount(Limit) ?? 0,
        ParseCount(Offset) ?? 0,
        Guid.TryParseExact(AfterId, "D", out var after) && after != Guid.Empty ? after : null);

    internal static int? ParseCount(string? text) =>
        string.IsNullOrEmpty(text) ? 0
        : int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var n) && n >= 0 ? n
        : null;
}

/// <summary>Where a page begins and how long it is.</summary>
/// <param name="Limit">Rows at most; 0 means everything.</param>
/// <param name="Offset">Rows to skip.</param>
/// <param name="AfterId">Only rows after this one; null for the start.</param>
public readonly record struct PageWindow(int Limit, int Offset, Guid? AfterId)
{
    /// <summary>The longest page; what is longer is streamed.</summary>
    public const int LongestPage = 500;

    /// <summary>True for a page, which is read at once; false for everything, or so much that it is streamed.</summary>
    public bool IsPage => Limit is > 0 and <= LongestPage;
}

/// <summary>Paging limits of the deployment.</summary>
public sealed class PagingOptions
{
    /// <summary>The largest accepted <c>limit</c>; 0 is off. From <c>Paging:MaxLimit</c>.</summary>
    public int MaxLimit { get; init; }
}

/// <summary>Checks page parameters: 400 with one complaint for each bad one.</summary>
public sealed class PageRequestValidator : AbstractValidator<PageRequest>
{
    /// <summary>Uses the limits of the deployment.</summary>
    public PageRequestValidator(PagingOptions options)
    {
        RuleFor(page => page.Limit).Must(text => PageRequest.ParseCount(text) is not null)
            .OverridePropertyName("limit").WithMessage("Must be a whole number from 0 to 2147483647.");
        // A file is streamed, and no page that could be too long.
        RuleFor(page => page.Limit).Must((page, text) => options.MaxLimit <= 0 || page.IsWhole || PageRequest.ParseCount(text) is not { } n || (n <= options.MaxLimit && n != 0))
            .OverridePropertyName("limit").WithMessage($"Must be from 1 to {options.MaxLimit}.");
        RuleFor(page => page.Offset).Must(text => PageRequest.ParseCount(text) is not null)
            .OverridePropertyName("offset").WithMessage("Must be a whole number from 0 to 2147483647.");
        RuleFor(page => page.AfterId).Must(text => string.IsNullOrEmpty(text) || Guid.TryParseExact(text, "D", out _))
            .OverridePropertyName("after_id").WithMessage("Must be a uuid.");
    }
}
