using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Monolith.Roles.Benchmarks;
using Perfolizer.Horology;

// In this process: the repository's build settings are not made for the projects that the tool would generate.
// Many short iterations, and their minimum: what a decision costs when nothing else runs on the core.
var job = Job.ShortRun
    .WithToolchain(InProcessEmitToolchain.Instance)
    .WithIterationTime(TimeInterval.FromMilliseconds(2))
    .WithWarmupCount(20)
    .WithIterationCount(100);
BenchmarkRunner.Run<DecisionBenchmarks>(DefaultConfig.Instance.AddJob(job).AddColumn(StatisticColumn.Min, StatisticColumn.Median), args);
