using System.Security.Cryptography;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Hosting;

/// <summary>The chain of a node and its files, held by the node's host and closed with it.</summary>
internal static class ChainServices
{
    public static void Add(IServiceCollection services, string folder, Genesis genesis, NodeOptions options)
    {
        services.AddSingleton(_ => DataDirectory.Open(folder, genesis.Hash));
        services.AddSingleton(provider => Chain.Open(
            genesis,
            provider.GetRequiredService<DataDirectory>(),
            new ChainOptions
            {
                HashSeed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
                CheckpointBlocks = (ulong)options.CheckpointBlocks,
                ServesSnapshots = options.ServeSnapshots,
                HistoryBytes = (long)options.TraceMemoryMiB * 1024 * 1024,
            },
            provider.GetRequiredService<ILogger<Chain>>()));
        services.AddSingleton<IChain>(provider => provider.GetRequiredService<Chain>());
        services.AddHostedService<RecordEraser>();
        services.AddSingleton<IChainTracer>(provider => provider.GetRequiredService<Chain>());
        services.AddSingleton<IChainProver>(provider => provider.GetRequiredService<Chain>());
        if (options.ServeSnapshots)
        {
            services.AddSingleton(provider => provider.GetRequiredService<Chain>().Snapshots!);
        }

        if (options.Role == NodeRole.Consensus)
        {
            services.AddSingleton<IVoteJournal>(provider =>
            {
                DataDirectory directory = provider.GetRequiredService<DataDirectory>();
                bool isNewChain = provider.GetRequiredService<Chain>().Head.Height == Height.Genesis;
                return VoteJournal.Open(
                    directory.Disk,
                    directory.Votes,
                    genesis.Hash,
                    provider.GetRequiredService<ILogger<VoteJournal>>(),
                    mayCreate: isNewChain || options.NewVoteJournal);
            });
        }
    }
}
