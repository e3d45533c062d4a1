using System.Globalization;
using FluentValidation;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;

namespace Monolith.Data.Paging;

/// <summary>The page that a list request asks for, read once, with everything that is wrong with it: all bad parameters are named in one answer.</summary>
/// <param name="Window">Where the page begins and how long it is. What could not be read is as if absent.</param>
/// <param name="Scope">Whether a page or the whole list is wanted.</param>
/// <param name="Faults">One for each bad parameter.</param>
[Flattened]
public sealed record PageRequest(PageWindow Window, ListScope Scope, IReadOnlyList<FieldError> Faults)
{
    private const string NotANumber = "Must be a whole number from 0 to 2147483647.";

    /// <summary>The whole list, as a file.</summary>
    public static PageRequest Whole { get; } = new(PageWindow.Everything with { IsCounted = false }, ListScope.Whole, []);

    /// <summary>A page of the dashboard.</summary>
    public static PageRequest Of(int limit, int offset) => new(new PageWindow(limit, offset, null), ListScope.Page, []);

    /// <summary>Reads the parameters as they were sent; absent and empty ones are the default.</summary>
    /// <param name="limit">Rows at most; 0 means everything.</param>
    /// <param name="offset">Rows to skip.</param>
    /// <param name="afterId">The id of the last row of the page before.</param>
    /// <param name="count"><c>false</c> leaves the count out and spares its cost.</param>
    /// <param name="scope">With <see cref="ListScope.Whole"/> the other values are checked and left alone.</param>
    public static PageRequest Parse(string? limit, string? offset, string? afterId, string? count = null, ListScope scope = ListScope.Page)
    {
        var faults = new List<FieldError>();
        var window = new PageWindow(
            Read(limit, Number, "limit", NotANumber, faults) ?? 0,
            Read(offset, Number, "offset", NotANumber, faults) ?? 0,
            Read<Guid>(afterId, text => Guid.TryParseExact(text, "D", out var id) ? id : null, "after_id", "Must be a uuid.", faults) is { } after && after != Guid.Empty ? after : null,
            Read<bool>(count, text => bool.TryParse(text, out var yes) ? yes : null, "count", "Must be true or false.", faults) ?? true);
        return new(scope == ListScope.Whole ? Whole.Window : window, scope, faults);
    }

    private static T? Read<T>(string? text, Func<string, T?> parse, string field, string complaint, List<FieldError> faults)
        where T : struct
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var value = parse(text);
        if (value is null)
            faults.Add(new FieldError(field, complaint));
        return value;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= 0 ? n : null;
}

/// <summary>How much of a list is wanted.</summary>
public enum ListScope
{
    /// <summary>A page, or as much as the limit says.</summary>
    Page,

    /// <summary>All of it, as a file.</summary>
    Whole,
}

/// <summary>Where a page begins and how long it is.</summary>
/// <param name="Limit">Rows at most; 0 means everything.</param>
/// <param name="Offset">Rows to skip.</param>
/// <param name="AfterId">Only rows after this one; null for the start.</param>
/// <param name="IsCounted">Whether somebody wants to know how many there are.</param>
public readonly record struct PageWindow(int Limit, int Offset, Guid? AfterId, bool IsCounted = true)
{
    /// <summary>The longest page; what is longer is streamed.</summary>
    public const int LongestPage = 500;

    /// <summary>The whole list.</summary>
    public static PageWindow Everything { get; } = new(0, 0, null);

    /// <summary>True for a page, which is read at once; false for everything, or so much that it is streamed.</summary>
    public bool IsPage => Limit is > 0 and <= LongestPage;
}

/// <summary>Paging limits of the deployment.</summary>
public sealed class PagingOptions
{
    /// <summary>The largest accepted <c>limit</c>; 0 is off. From <c>Paging:MaxLimit</c>.</summary>
    public int MaxLimit { get; init; }
}

/// <summary>Says what is wrong with a page: 400 with one complaint for each bad parameter.</summary>
public sealed class PageRequestValidator : AbstractValidator<PageRequest>
{
    /// <summary>Uses the limits of the deployment.</summary>
    public PageRequestValidator(PagingOptions options)
    {
        RuleFor(page => page.Faults).Custom((faults, context) =>
        {
            foreach (var fault in faults)
                context.AddFailure(new FluentValidation.Results.ValidationFailure(fault.Field, fault.Detail));
        });
        // A file is streamed, and no page that could be too long.
        RuleFor(page => page.Window.Limit).Must(limit => limit >= 1 && limit <= options.MaxLimit)
            .When(page => options.MaxLimit > 0 && page.Scope == ListScope.Page && page.Faults.All(fault => fault.Field != "limit"))
            .OverridePropertyName("limit").WithMessage($"Must be from 1 to {options.MaxLimit}.");
    }
}
