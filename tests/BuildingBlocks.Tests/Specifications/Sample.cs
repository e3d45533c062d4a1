using System.Linq.Expressions;
using System.Text.Json;
using Monolith.Data.Specifications;

namespace Monolith.BuildingBlocks.Tests.Specifications;

public enum Mood
{
    Active,
    NeedsRest,
    Away,
}

public sealed record Person
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string? Email { get; init; }
    public Mood Status { get; init; }
    public int? Age { get; init; }
    public bool Active { get; init; }
    public bool? Flag { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
    public string[] Roles { get; init; } = [];
    public string Unmapped => Name;
}

public sealed class Where(params Expression<Func<Person, bool>>[] filters) : Specification<Person>
{
    public static Where With(Action<ISpecificationBuilder<Person>> declare)
    {
        var specification = new Where();
        declare(specification.Query);
        return specification;
    }

    public Where Filtered()
    {
        foreach (var filter in filters)
            Query.Where(filter);
        return this;
    }
}

public sealed class ById : SingleResultSpecification<Person>
{
    public ById(Guid id) => Query.Where(person => person.Id == id);
}

public static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public const string Schema = """
        create table people (
            id uuid primary key,
            name text not null,
            email text,
            status text not null,
            age integer,
            active boolean not null,
            flag boolean,
            created_at timestamptz not null,
            seen_at timestamptz,
            roles text[] not null)
        """;

    /// <summary>Texts that break what forgets to escape.</summary>
    public static readonly string[] Hostile = ["%", "_", @"\", "'", "\"", "100% sure", "a_b", @"c:\temp\", "o'brien", "'; drop table people; --", "😀 party", "日本", "Ab", "aB", "", "@p0", ":x", "{}", "$1"];

    public static readonly IReadOnlyList<Person> Rows = [.. Hostile.SelectMany((text, i) => new[] { Make(i, text), Make(i + Hostile.Length, "x" + text + "y") })];

    public static TableMap<Person> Map { get; } = new(
        "people p",
        p => p.Id,
        columns => columns
            .Read(p => p.Id, "p.id")
            .Read(p => p.Name, "p.name")
            .Read(p => p.Email, "p.email")
            .Read(p => p.Status, "p.status")
            .Read(p => p.Age, "p.age")
            .Read(p => p.Active, "p.active")
            .Read(p => p.Flag, "p.flag")
            .Read(p => p.CreatedAt, "p.created_at")
            .Read(p => p.SeenAt, "p.seen_at")
            .Read(p => p.Roles, "p.roles"))
    {
        Cursor = new CursorSource("people c where c.id = @cursor", new Dictionary<string, string> { ["Id"] = "c.id", ["Name"] = "c.name", ["CreatedAt"] = "c.created_at" }),
        EnumeratedColumns = new Dictionary<string, IReadOnlyList<object>> { ["Status"] = [Mood.Active, Mood.Away, Mood.NeedsRest], ["Active"] = [false, true] },
    };

    public static TableMap<Person> NarrowMap { get; } = new("people p", p => p.Id, columns => columns.Read(p => p.Id, "p.id").Read(p => p.Name, "p.name").Read(p => p.Email, "p.email"))
    {
        PageFrom = new PageSource("(select id, name from people) p", new HashSet<string> { "Id", "Name" }),
    };

    public static string TextOf(Mood mood) => JsonNamingPolicy.SnakeCaseLower.ConvertName(mood.ToString());

    private static Person Make(int i, string text) => new()
    {
        Id = new Guid(i + 1, 0, 0, new byte[8]),
        Name = text,
        Email = i % 3 == 0 ? null : $"Mail{i}%{text}",
        Status = i % 4 == 0 ? Mood.Away : Mood.Active,
        Age = i % 5 == 0 ? null : i,
        Active = i % 2 == 0,
        Flag = (i % 3) switch { 0 => null, 1 => true, _ => false },
        CreatedAt = Noon.AddHours(i),
        SeenAt = i % 4 == 1 ? null : Noon.AddDays(-i),
        Roles = (i % 4) switch { 0 => [], 1 => ["owner"], 2 => ["owner", "auditor"], _ => ["it's"] },
    };
}
