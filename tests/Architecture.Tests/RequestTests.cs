using FluentValidation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;

namespace Monolith.Architecture.Tests;

/// <summary>The start fails closed.</summary>
public sealed class RequestTests
{
    public RequestTests() => Api.Modules.Add(new ServiceCollection(), new ConfigurationBuilder().Build());

    [Fact]
    public void Every_request_has_one_handler_one_requirement_and_a_validator_or_a_waiver()
    {
        var services = new ServiceCollection();
        Api.Modules.Add(services, new ConfigurationBuilder().Build());
        Assert.True(RequestChecks.Verify(services, Solution.Modules.SelectMany(module => module.GetTypes())) > 20);
    }

    [Fact]
    public void A_complete_request_passes() =>
        Assert.Equal(2, Verify(typeof(Complete), typeof(CompleteHandler), typeof(CompleteValidator), typeof(Waived), typeof(WaivedHandler)));

    [Fact]
    public void A_request_without_a_requirement_is_named() =>
        AssertNamed(typeof(Unguarded), "0 authorization requirements", typeof(UnguardedHandler));

    [Fact]
    public void A_request_without_a_validator_is_named() =>
        AssertNamed(typeof(Complete), "no validator", typeof(CompleteHandler));

    [Fact]
    public void A_request_with_two_handlers_is_named() =>
        AssertNamed(typeof(Waived), "2 handlers", typeof(WaivedHandler), typeof(SecondHandler));

    [Fact]
    public void A_request_without_a_handler_is_named() => AssertNamed(typeof(Waived), "0 handlers");

    [Theory]
    [InlineData(typeof(OpenAndGuarded), "states [AllowAnonymousRequest] and 1 more")]
    [InlineData(typeof(SessionAndGuarded), "states [RequiresSession] and 1 more")]
    [InlineData(typeof(Twice), "asks for `license:read` twice")]
    [InlineData(typeof(UserUnguarded), "lacks [RequiresPermissionOnUser]")]
    [InlineData(typeof(GuardedWithoutUser), "lacks IUserRequest")]
    [InlineData(typeof(MembershipNowhere), "must be an IOrganizationRequest too")]
    [InlineData(typeof(NoAction), "a permission without an action")]
    [InlineData(typeof(Undeclared), "asks for license:use, which is not declared")]
    [InlineData(typeof(OpenAboutUser), "is open to everybody and names an organization or a user")]
    [InlineData(typeof(NeedlessWaiver), "has nothing to validate; remove [NothingToValidate]")]
    [InlineData(typeof(Unauthorized), "0 request authorizers; exactly one is needed")]
    public void A_requirement_that_contradicts_itself_is_named(Type request, string fault) => AssertNamed(request, fault);

    [Fact]
    public void What_the_pipeline_resolves_needs_no_validator() => Assert.Equal(1, Verify(typeof(Resolved), typeof(ResolvedHandler)));

    private static void AssertNamed(Type request, string fault, params Type[] parts)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Verify([request, .. parts]));
        Assert.Contains($"{request.FullName} ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
    }

    private static int Verify(params Type[] types) => RequestChecks.Verify(new ServiceCollection().AddSlices(types), types);

    [RequiresSession]
    internal sealed record Complete(string Text) : IQuery<string>;

    internal sealed class CompleteValidator : AbstractValidator<Complete>
    {
        public CompleteValidator() => RuleFor(query => query.Text).NotEmpty();
    }

    internal sealed class CompleteHandler : Handler<Complete>;

    [RequiresSession]
    [NothingToValidate("A sample.")]
    internal sealed record Waived(string Text) : IQuery<string>;

    internal sealed class WaivedHandler : Handler<Waived>;

    internal sealed class SecondHandler : Handler<Waived>;

    [NothingToValidate("A sample.")]
    internal sealed record Unguarded(string Text) : IQuery<string>;

    internal sealed class UnguardedHandler : Handler<Unguarded>;

    internal abstract class Handler<T> : IQueryHandler<T, string>
        where T : IQuery<string>
    {
        public Task<Result<string>> Handle(T request, CancellationToken cancellationToken) => Task.FromResult<Result<string>>("");
    }

    [AllowAnonymousRequest("A sample.")]
    [RequiresPermission(ResourceType.License, PermissionAction.Read)]
    internal sealed record OpenAndGuarded : IQuery<string>;

    [RequiresSession]
    [RequiresPermissionOnRows(ResourceType.License, PermissionAction.Read)]
    internal sealed record SessionAndGuarded : IQuery<string>;

    [RequiresPermission(ResourceType.License, PermissionAction.Read)]
    [RequiresPermission(ResourceType.License, PermissionAction.Read, HideRefusal = true)]
    internal sealed record Twice : IQuery<string>;

    [RequiresPermission(ResourceType.License, PermissionAction.Read)]
    internal sealed record UserUnguarded(string User) : IQuery<string>, IUserRequest;

    [RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
    internal sealed record GuardedWithoutUser : IQuery<string>;

    [RequiresPermissionOnUser(ResourceType.OrganizationMember, PermissionAction.Read)]
    internal sealed record MembershipNowhere(string User) : IQuery<string>, IUserRequest;

    [RequiresPermissionOnUser(ResourceType.User)]
    internal sealed record NoAction(string User) : IQuery<string>, IUserRequest;

    [RequiresPermissionInHandler(ResourceType.License, PermissionAction.Read, PermissionAction.Use)]
    internal sealed record Undeclared : IQuery<string>;

    [AllowAnonymousRequest("A sample.")]
    [RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
    internal sealed record OpenAboutUser(string User) : IQuery<string>, IUserRequest;

    [RequiresSession]
    [NothingToValidate("A sample.")]
    internal sealed record NeedlessWaiver(string Organization) : IQuery<string>, IOrganizationRequest;

    [RequiresRule(ResourceType.License, PermissionAction.Read)]
    internal sealed record Unauthorized : IQuery<string>;

    [RequiresPermissionOnUser(ResourceType.OrganizationMember, PermissionAction.Read)]
    internal sealed record Resolved(string Organization, string User) : IQuery<string>, IOrganizationRequest, IUserRequest;

    internal sealed class ResolvedHandler : Handler<Resolved>;
}
