using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;

namespace Monolith.BuildingBlocks.Tests.Pipeline;

/// <summary>Decides by a function.</summary>
internal sealed class FakeSubject(Func<PermissionAction, ResourceObject, bool> decide) : Subject
{
    public override Guid UserId { get; } = Guid.CreateVersion7();

    public override bool Can(PermissionAction action, in ResourceObject target) => decide(action, target);

    public override VisibleRows Visible(PermissionAction action, ResourceType type) => throw new NotSupportedException();
}

/// <summary>Callers of the pipeline tests.</summary>
internal static class Callers
{
    public static ICaller Anonymous(Error? failure = null)
    {
        var caller = Substitute.For<ICaller>();
        caller.IsAuthenticated.Returns(false);
        caller.Failure.Returns(failure);
        return caller;
    }

    public static ICaller Who(Func<PermissionAction, ResourceObject, bool> decide)
    {
        var caller = Substitute.For<ICaller>();
        caller.IsAuthenticated.Returns(true);
        caller.Subject.Returns(new FakeSubject(decide));
        return caller;
    }
}
