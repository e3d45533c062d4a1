using FluentValidation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Modules;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Architecture.Tests;

/// <summary>The start fails closed.</summary>
public sealed class RequestTests
{
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

    private static void AssertNamed(Type request, string fault, params Type[] parts)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Verify([request, .. parts]));
        Assert.Contains($"{request.FullName} ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
    }

    private static int Verify(params Type[] types) => RequestChecks.Verify(new ServiceCollection().AddSlices(types), types);

    [RequiresSession("A sample.")]
    internal sealed record Complete(string Text) : IQuery<string>;

    internal sealed class CompleteValidator : AbstractValidator<Complete>
    {
        public CompleteValidator() => RuleFor(query => query.Text).NotEmpty();
    }

    internal sealed class CompleteHandler : Handler<Complete>;

    [RequiresSession("A sample.")]
    [NothingToValidate("A sample.")]
    internal sealed record Waived : IQuery<string>;

    internal sealed class WaivedHandler : Handler<Waived>;

    internal sealed class SecondHandler : Handler<Waived>;

    [NothingToValidate("A sample.")]
    internal sealed record Unguarded : IQuery<string>;

    internal sealed class UnguardedHandler : Handler<Unguarded>;

    internal abstract class Handler<T> : IQueryHandler<T, string>
        where T : IQuery<string>
    {
        public Task<Result<string>> Handle(T request, CancellationToken cancellationToken) => Task.FromResult<Result<string>>("");
    }
}
