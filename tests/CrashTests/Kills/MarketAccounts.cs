using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Setup;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.CrashTests.Kills;

/// <summary>Registers a site for each account that places orders, as the operator does.</summary>
internal static class MarketAccounts
{
    public static async Task RegisterAsync(LabNode node, IEnumerable<int> senders, CancellationToken cancellation)
    {
        using SigningKey operatorKey = DevelopmentKeys.Operator();
        TransactionBuilder builder = new(node.Client);
        foreach (int sender in senders)
        {
            using SigningKey account = TransferLoad.KeyOf(sender);
            TransactionDraft draft = new()
            {
                To = MeterRegistryContract.Address,
                Data = MeterRegistryContract.RegisterSite((uint)sender, account.Address),
            };
            PreparedTransaction prepared = await builder.PrepareAsync(draft, operatorKey.Address, cancellation);
            Transaction signed = prepared.Body.Sign(operatorKey);
            await node.Client.SubmitAsync(signed, cancellation);
            await Pulse.UntilAsync(
                $"site {sender} registered",
                ProcessNetwork.Patience,
                async () => await IsFinalAsync(node, signed.Id, cancellation));
        }
    }

    private static async Task<bool> IsFinalAsync(LabNode node, Hash32 id, CancellationToken cancellation) =>
        (await node.Client.GetTransactionAsync(id, cancellation)).State == TransactionState.Final;
}
