using CsCheck;
using Monolith.Members.Directory;

namespace Monolith.Members.Tests.Search;

/// <summary>Whatever a client sends is an answer, never an exception.</summary>
public sealed class SearchFuzzTests
{
    private static readonly string[] Pieces =
    [
        "search", "name", "status", "role", "user_id", "github_user_id", "include_system", "last_seen_before", "created_after", "github_com_user_id",
        "login_type", "is_service_account", "has-ai-seat", ":", ":", ":", "\"", "\"", " ", " ", ",", "active", "member", "true", "0", "-1", "é", "İ", "😀", "\ud83d", "\0", "\t",
        "%", "_", "\\", "2023-01-14T23:59:59Z", "9999-12-31T23:59:59.999999999-23:59", "0001-01-01T00:00:00+23:59", "99999999999999999999", "00000000-0000-0000-0000-000000000000",
    ];

    [Fact]
    public void Pieces_of_queries_never_throw() => Gen.Int[0, Pieces.Length - 1].Array[0, 24].Select(picks => string.Concat(picks.Select(i => Pieces[i]))).Sample(Check, iter: 20_000);

    [Fact]
    public void Random_text_never_throws() => Gen.String.Sample(Check, iter: 20_000);

    [Fact]
    public void Huge_queries_never_throw_and_have_a_bounded_answer()
    {
        foreach (var piece in Pieces.Append("k: ").Append(": ").Append("a:b:c ").Append("\" "))
            Check(string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length)));

        var keys = string.Join(' ', Enumerable.Range(0, 2_000).Select(i => $"k{i}:1"));
        Assert.Equal(100, UserSearch.Parse(keys).Error!.Validations!.Count);
        Assert.Single(UserSearch.Parse(string.Concat(Enumerable.Repeat(": ", 5_000))).Error!.Validations!);
    }

    private static void Check(string q)
    {
        var users = UserSearch.Parse(q);
        var members = MemberSearch.Parse(q);
        Assert.True(users.Error is null or { Validations.Count: > 0 and <= 100 });
        Assert.True(members.Error is null or { Validations.Count: > 0 and <= 100 });
    }
}
