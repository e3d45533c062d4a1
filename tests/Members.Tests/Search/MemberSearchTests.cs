using Monolith.Kernel.Results;
using Monolith.Members.Directory;

namespace Monolith.Members.Tests.Search;

public sealed class MemberSearchTests
{
    private const string Id = "5f3c2c1e-8a1b-4c58-9d35-0a4e5bb0c001";

    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData("", null, null, false)]
    [InlineData("   ", null, null, false)]
    [InlineData("user_id:" + Id, Id, null, false)]
    [InlineData("  USER_ID:5F3C2C1E-8A1B-4C58-9D35-0A4E5BB0C001 ", Id, null, false)]
    [InlineData("user_id:00000000-0000-0000-0000-000000000000", null, null, false)]
    [InlineData("user_id:\"" + Id + "\"", Id, null, false)]
    [InlineData("github_user_id:12345", null, 12345L, false)]
    [InlineData("github_user_id:0", null, null, false)]
    [InlineData("github_user_id:-4", null, -4L, false)]
    [InlineData("include_system:true", null, null, true)]
    [InlineData("include_system:T", null, null, true)]
    [InlineData("include_system:1", null, null, true)]
    [InlineData("include_system:0", null, null, false)]
    [InlineData("include_system:f", null, null, false)]
    [InlineData("include_system", null, null, false)]
    [InlineData("user_id github_user_id include_system:true", null, null, true)]
    [InlineData("include_system:true github_user_id:3 user_id:" + Id, Id, 3L, true)]
    [InlineData("include_system:true include_system:false", null, null, true)]
    public void Understands(string? q, string? user, long? github, bool system) =>
        Assert.Equal(new MemberFilter(user is null ? null : Guid.Parse(user), github, system), MemberSearch.Parse(q).Value);

    [Theory]
    [InlineData("foo", "q")]
    [InlineData("\"user_id\"", "q")]
    [InlineData("bar:1", "bar")]
    [InlineData("user_id:x", "user_id")]
    [InlineData("github_user_id:1.5", "github_user_id")]
    [InlineData("include_system:yes", "include_system")]
    [InlineData("user_id:", "q")]
    [InlineData("user_id:a:b", "q")]
    [InlineData("foo bar:1 user_id:x github_user_id:y include_system:z", "bar,q,user_id,github_user_id,include_system")]
    public void Complains(string q, string fields)
    {
        var error = MemberSearch.Parse(q).Error;
        Assert.Equal(ErrorKind.BadRequest, error!.Kind);
        Assert.Equal(fields.Split(','), error.Validations!.Select(complaint => complaint.Field));
    }
}
