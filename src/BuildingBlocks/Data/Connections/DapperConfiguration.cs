using System.Data;
using Dapper;

namespace Monolith.Data.Connections;

/// <summary>The one place that teaches Dapper our column names and types.</summary>
public static class DapperConfiguration
{
    private static readonly Lock Gate = new();
    private static bool _done;

    /// <summary>Idempotent; safe from several threads.</summary>
    public static void Apply()
    {
        lock (Gate)
        {
            if (_done)
                return;
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.AddTypeHandler(new UtcTimeHandler());
            SqlMapper.AddTypeHandler(new DateHandler());
            _done = true;
        }
    }

    /// <summary>timestamptz is an instant: it goes out in UTC and comes back in UTC.</summary>
    private sealed class UtcTimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();

        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            DateTimeOffset time => time.ToUniversalTime(),
            _ => throw new DataException($"Cannot read {value.GetType().Name} as a time."),
        };
    }

    private sealed class DateHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value) => parameter.Value = value;

        public override DateOnly Parse(object value) => value switch
        {
            DateOnly date => date,
            DateTime time => DateOnly.FromDateTime(time),
            _ => throw new DataException($"Cannot read {value.GetType().Name} as a date."),
        };
    }
}
