namespace Monolith.Api.Dashboard.Docs;

/// <summary>The API document as its pages show it.</summary>
public sealed record ApiReference(
    string Title,
    string Version,
    string Description,
    IReadOnlyList<ReferenceTag> Tags,
    IReadOnlyList<ReferenceMember> Tokens,
    IReadOnlyList<ReferenceMember> Failures,
    ReferenceType Failure,
    IReadOnlyList<ReferenceType> FailureTypes,
    IReadOnlyList<ReferenceMember> Paging,
    IReadOnlyList<ReferenceMember> Headers)
{
    /// <summary>The tag of an address; null when there is none.</summary>
    public ReferenceTag? Tag(string slug) => Tags.FirstOrDefault(tag => tag.Slug.Equals(slug, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What stands on one page.</summary>
public sealed record ReferenceTag(string Name, string Slug, string Description, IReadOnlyList<ReferenceOperation> Operations, IReadOnlyList<ReferenceType> Types)
{
    /// <summary>The address of the page.</summary>
    public string Path => $"/docs/{Slug}";
}

/// <summary>A method of a path.</summary>
public sealed record ReferenceOperation(
    string Id,
    string Method,
    string Path,
    string Summary,
    string Description,
    bool IsOpen,
    IReadOnlyList<ReferenceParameter> Parameters,
    ReferenceBody? Body,
    IReadOnlyList<ReferenceResponse> Responses)
{
    /// <summary>False for what only reads, by its method.</summary>
    public bool MayChange => Method != "GET";
}

/// <summary>A parameter.</summary>
/// <param name="Place"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Values">All that it may be; empty when there is no list of them.</param>
/// <param name="Example">A value that works on every deployment where there is one, else the one of the document; null when there is none.</param>
public sealed record ReferenceParameter(ReferenceMember Member, string Place, IReadOnlyList<string> Values, string? Example);

/// <summary>What is sent.</summary>
public sealed record ReferenceBody(IReadOnlyList<TypePart> Type, ReferenceType? Content, IReadOnlyList<string> Formats, string Example);

/// <summary>What comes back with a status.</summary>
/// <param name="Type">Empty when there is no body, or when it is the body of every failure.</param>
/// <param name="Headers">Those of a success that not every response has.</param>
public sealed record ReferenceResponse(string Status, string Description, IReadOnlyList<TypePart> Type, IReadOnlyList<string> Formats, IReadOnlyList<string> Headers, string? Example);

/// <summary>A type that has a name.</summary>
public sealed record ReferenceType(string Name, string Description, IReadOnlyList<ReferenceMember> Members, IReadOnlyList<string> Values, IReadOnlyList<TypePart> Type);

/// <summary>A name with what it stands for.</summary>
public sealed record ReferenceMember(string Name, IReadOnlyList<TypePart> Type, bool IsRequired, string Description);

/// <summary>A piece of what a type is called.</summary>
/// <param name="Name">The type that the piece names; null for words.</param>
public sealed record TypePart(string Text, string? Name = null);
