using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;

namespace Monolith.BuildingBlocks.Tests.Pipeline;

/// <summary>What is made of an assumption goes nowhere before the database has confirmed it.</summary>
public sealed class AssumedSessionTests
{
    private readonly AssumedSession _session = new();
    private int _asked;

    [Fact]
    public async Task A_handler_that_asks_nothing_is_confirmed_before_its_result_is_seen()
    {
        Assume(holds: true);
        Assert.Equal(7, (await SendAsync(() => Task.FromResult(7))).Value);
        Assert.Equal(1, _asked);
        Assert.True(_session.IsSettled);
    }

    [Fact]
    public async Task A_result_of_a_session_that_has_changed_is_not_seen()
    {
        Assume(holds: false);
        await Assert.ThrowsAsync<SessionChangedException>(() => SendAsync(() => Task.FromResult(7)));
    }

    [Fact]
    public async Task What_a_statement_has_confirmed_is_not_asked_again()
    {
        Assume(holds: false);
        Assert.True((await SendAsync(() =>
        {
            _session.Answer(holds: true);
            return Task.FromResult(7);
        })).IsSuccess);
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task A_handler_that_catches_everything_hides_no_change()
    {
        Assume(holds: true);
        await Assert.ThrowsAsync<SessionChangedException>(() => SendAsync(() =>
        {
            try
            {
                _session.Answer(holds: false);
            }
            catch (Exception)
            {
                // As an enrichment does that must not fail its list.
            }

            return Task.FromResult(7);
        }));
    }

    [Fact]
    public async Task The_next_request_of_the_same_kind_assumes_nothing_once_it_has_ended()
    {
        Assume(holds: false);
        await Assert.ThrowsAsync<SessionChangedException>(() => SendAsync(() => Task.FromResult(7)));
        _session.End();
        Assert.True((await SendAsync(() => Task.FromResult(7))).IsSuccess);
    }

    [Fact]
    public async Task A_refusal_is_of_the_session_as_it_is()
    {
        Assume(holds: false);
        await Assert.ThrowsAsync<SessionChangedException>(() => RefuseAsync());
        Assume(holds: true);
        Assert.Same(Error.Forbidden, (await RefuseAsync()).Error);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Who_asks_has_to_judge()
    {
        _session.Begin(_ => Task.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(() => Task.FromResult(7)));
    }

    private void Assume(bool holds) => _session.Begin(_ =>
    {
        _asked++;
        _session.Answer(holds);
        return Task.CompletedTask;
    });

    private Task<Result<int>> SendAsync(Func<Task<int>> handle)
    {
        var handler = new Handler(handle);
        var mediator = new OrderedMediator(type =>
            type == typeof(MediatR.IRequestHandler<Asked, Result<int>>) ? handler : Array.CreateInstance(type.GetGenericArguments()[0], 0));
        return new Dispatcher(mediator, _session, new ServiceCollection().BuildServiceProvider()).SendAsync(new Asked(), CancellationToken.None);
    }

    private Task<Result<int>> RefuseAsync()
    {
        var caller = Callers.Who((_, _) => false);
        var current = new CurrentOrganization();
        var targets = new RequestTargets(caller, Substitute.For<IOrganizationDirectory>(), Substitute.For<IUserDirectory>(), current, new CurrentUser());
        return new AuthorizeBehavior<Asked, Result<int>>(caller, Substitute.For<IFeatureGate>(), targets, current, _session, [])
            .Handle(new Asked(), CancellationToken.None, () => throw new InvalidOperationException("It was refused."));
    }

    [RequiresPermission(ResourceType.License, PermissionAction.Read)]
    public sealed record Asked : IQuery<int>;

    private sealed class Handler(Func<Task<int>> handle) : IQueryHandler<Asked, int>
    {
        public async Task<Result<int>> Handle(Asked request, CancellationToken cancellationToken) => await handle();
    }
}
