using Monolith.Kernel.Authorization;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void Decisions_allocate_nothing()
    {
        var subject = Actors.Member("organization-auditor:org");
        var acl = new AccessList(
            new Dictionary<Guid, IReadOnlyList<A>> { [Ids.Me] = new List<A> { A.Use } },
            new Dictionary<Guid, IReadOnlyList<A>> { [Ids.Org] = new[] { A.Read } });
        ResourceObject[] targets =
        [
            ResourceObject.All(T.User),
            ResourceObject.User(Ids.Me),
            ResourceObject.Membership(Ids.Org, Ids.Me),
            ResourceObject.In(T.Template, Ids.OtherOrg),
            new(T.Workspace, AnyOrganization: true, OwnerId: Ids.Me),
            new(T.Template, Ids.Other, Ids.Org, Acl: acl),
        ];

        Decide(subject, targets);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var allowed = Decide(subject, targets);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
        Assert.InRange(allowed, 1, 9_999);
    }

    private static int Decide(Subject subject, ResourceObject[] targets)
    {
        var allowed = 0;
        for (var i = 0; i < 10_000; i++)
            allowed += subject.Can(A.Read, targets[i % targets.Length]) ? 1 : 0;
        return allowed;
    }
}
