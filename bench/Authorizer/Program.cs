using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Monolith.Roles.Benchmarks;

// In this process: the repository's build settings are not made for the projects that the tool would generate.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithIterationCount(8).WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkRunner.Run<DecisionBenchmarks>(config, args);
