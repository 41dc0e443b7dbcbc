using System.Numerics;
using System.Security.Claims;
using EnergyChain.Client;
using EnergyChain.Client.Keys;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Hosting;
using EnergyChain.Dashboard.Live;
using Microsoft.AspNetCore.Authorization;

namespace EnergyChain.Dashboard.Access;

/// <summary>
/// The key that signs for the operator, open for the life of the process. It never leaves it: pages see the address.
/// Every sending asks again whether the user may, of the user's claims and of the users' file and the clock of that
/// moment. One transaction at a time; thread-safe.
/// </summary>
public sealed class OperatorWallet : IDisposable
{
    private readonly NodeSession _session;
    private readonly IAuthorizationService _authorization;
    private readonly UserFile _users;
    private readonly TimeProvider _time;
    private readonly ILogger<OperatorWallet> _logger;
    private readonly SigningKey? _key;
    private readonly SemaphoreSlim _one = new(1);

    public OperatorWallet(
        DashboardOptions options,
        NodeSession session,
        IAuthorizationService authorization,
        UserFile users,
        TimeProvider time,
        ILogger<OperatorWallet> logger)
    {
        _session = session;
        _authorization = authorization;
        _users = users;
        _time = time;
        _logger = logger;
        _key = options.Key is { } name ? Unlock(options, name) : null;
    }

    /// <summary>The account it signs for; null where no key was given.</summary>
    public Address? Account => _key?.Address;

    /// <summary>
    /// Tries what a draft would do and what it would cost, for the user to confirm. Throws
    /// <see cref="CallRevertedException"/> where the chain would refuse it.
    /// </summary>
    public Task<PreparedTransaction> PrepareAsync(TransactionDraft draft, CancellationToken cancellationToken) =>
        new TransactionBuilder(_session.Node).PrepareAsync(draft, KeyOrThrow().Address, cancellationToken);

    /// <summary>Signs and sends what was confirmed.</summary>
    /// <param name="user">
    /// Who asks; must be an operator whose login is current, else <see cref="UnauthorizedAccessException"/>.
    /// </param>
    /// <param name="draft">What it shall do; nonce and gas are found anew.</param>
    /// <param name="maxFee">
    /// Base units that its gas may cost at most, which is what was confirmed. Where a new trial asks for more, less gas
    /// is allowed; where that does not do, it is <see cref="FeeLimitException"/> and nothing is sent.
    /// </param>
    /// <param name="cancellationToken">Ends it before it is sent; what was sent stays sent.</param>
    public async Task<SubmitResult> SendAsync(
        ClaimsPrincipal user, TransactionDraft draft, UInt256 maxFee, CancellationToken cancellationToken)
    {
        await RequireOperatorAsync(user);
        await _one.WaitAsync(cancellationToken);
        try
        {
            PreparedTransaction prepared = await PrepareAsync(draft, cancellationToken);
            if (prepared.MaxFee.ToBigInteger() > maxFee.ToBigInteger())
            {
                prepared = await WithinAsync(draft, prepared, maxFee, cancellationToken);
            }

            // Others may have sent first, and the node may have been slow: the user was asked for long ago.
            await RequireOperatorAsync(user);
            Transaction transaction = prepared.Sign(KeyOrThrow());
            SubmitResult result = await _session.Node.SubmitAsync(transaction, cancellationToken);
            _logger.Sent(user.Identity?.Name ?? "", result.Id.ToString(), result.Refusal.ToString());
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _key?.Dispose();
        _one.Dispose();
    }

    private async Task<PreparedTransaction> WithinAsync(
        TransactionDraft draft, PreparedTransaction asked, UInt256 maxFee, CancellationToken cancellationToken)
    {
        BigInteger price = asked.Body.GasPrice.ToBigInteger();
        Gas allowed = new((ulong)BigInteger.Min(asked.Body.GasLimit.Value, maxFee.ToBigInteger() / price));
        if (allowed.Value < asked.ExpectedGas.Value)
        {
            throw new FeeLimitException(asked.ExpectedFee, maxFee);
        }

        PreparedTransaction within = await PrepareAsync(draft with { GasLimit = allowed }, cancellationToken);
        return within.MaxFee.ToBigInteger() <= maxFee.ToBigInteger()
            ? within
            : throw new FeeLimitException(within.MaxFee, maxFee);
    }

    private static SigningKey Unlock(DashboardOptions options, string name)
    {
        try
        {
            string password = File.ReadLines(options.KeyPasswordFile!).FirstOrDefault("");
            return new Keystore(options.Keystore ?? KeystoreFolder.Default).Unlock(name, password);
        }
        catch (Exception error) when (error is KeystoreException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--key '{name}' cannot be opened: {error.Message}", error);
        }
    }

    private async Task RequireOperatorAsync(ClaimsPrincipal user)
    {
        bool isCurrent = UserClaims.AreCurrent(user, _users, _time);
        if (!isCurrent || !(await _authorization.AuthorizeAsync(user, Policies.Operate)).Succeeded)
        {
            throw new UnauthorizedAccessException("Only the operator may send transactions.");
        }
    }

    private SigningKey KeyOrThrow() =>
        _key ?? throw new InvalidOperationException("The dashboard was started without --key.");
}
