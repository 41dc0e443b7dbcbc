using System.Security.Cryptography;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Hosting;

/// <summary>The chain of a node and its files, held by the node's host and closed with it.</summary>
internal static class ChainServices
{
    public static void Add(IServiceCollection services, string folder, Genesis genesis, bool isValidator)
    {
        services.AddSingleton(_ => DataDirectory.Open(folder, genesis.Hash));
        services.AddSingleton(provider => Chain.Open(
            genesis,
            provider.GetRequiredService<DataDirectory>(),
            new ChainOptions { HashSeed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) },
            provider.GetRequiredService<ILogger<Chain>>()));
        services.AddSingleton<IChain>(provider => provider.GetRequiredService<Chain>());
        if (isValidator)
        {
            services.AddSingleton<IVoteJournal>(provider =>
            {
                DataDirectory directory = provider.GetRequiredService<DataDirectory>();
                return VoteJournal.Open(
                    directory.Disk, directory.Votes, genesis.Hash, provider.GetRequiredService<ILogger<VoteJournal>>());
            });
        }
    }
}
