using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.Execution;
using EnergyChain.Vm;

namespace EnergyChain.Node.Execution;

/// <summary>Makes the proofs of <see cref="IChainProver"/>. Thread-safe.</summary>
internal sealed class ChainProver(LiveState live, ChainStores stores, IBlockHashes hashes, ulong hashSeed)
{
    // A block a second and a call of milliseconds: the second attempt is rare already.
    private const int MaxAttempts = 4;

    private volatile CertifiedHeader? _newest;

    public ProofOutcome Prove(IReadOnlyList<ProofKeys> keys)
    {
        if (live.ProveBefore(keys) is not { } found || HeaderOf(found.Height) is not { } header)
        {
            return new ProofOutcome.NotYet();
        }

        return new ProofOutcome.Proven(new StateWitness(header, found.Proofs));
    }

    public ProofOutcome ProveCall(CallRequest request)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            ChainHead head = live.Head;
            if (head.Height == Height.Genesis
                || !live.Keeps(head.Height.Previous)
                || HeaderOf(head.Height) is not { } header
                || head.Terms.Find(head.Height) is not { } term)
            {
                return new ProofOutcome.NotYet();
            }

            StateRecorder recorder = new(live.After(head.Height.Previous));
            Run(request, header.Header, term.Parameters, recorder);
            IReadOnlyList<ProofKeys> keys = recorder.Keys;
            if (keys.Count > Limits.MaxProvenAccounts
                || keys.Sum(static each => 1 + each.Slots.Count) > Limits.MaxProvenKeys)
            {
                return new ProofOutcome.TooLarge();
            }

            // Another block may have come: what was looked at is then of another state than the proofs would be.
            if (live.ProveBefore(keys) is { } found && found.Height == head.Height)
            {
                return new ProofOutcome.Proven(new StateWitness(header, found.Proofs));
            }
        }

        return new ProofOutcome.Busy();
    }

    private void Run(CallRequest request, BlockHeader header, ChainParameters parameters, StateRecorder state)
    {
        BlockEnvironment environment = BlockProcessor.EnvironmentOf(header, parameters, hashes);
        CallMessage message = new(
            request.From,
            request.To,
            request.Value,
            request.Data,
            Math.Min(request.GasLimit.Value, parameters.TransactionGasLimit.Value));
        ReadOnlyCall.Run(
            new EvmMachine(CodeEngine.Interpreter), environment, parameters.GasPrice, message, state, hashSeed);
    }

    // Most ask about the head, and a block is read whole.
    private CertifiedHeader? HeaderOf(Height height)
    {
        if (_newest is { } newest && newest.Height == height)
        {
            return newest;
        }

        return stores.Blocks.TryRead(height, out CommittedBlock? block)
            ? _newest = CertifiedHeader.Of(block)
            : null;
    }
}
