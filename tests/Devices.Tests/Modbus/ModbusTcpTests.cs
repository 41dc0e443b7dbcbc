using System.Net.Sockets;
using EnergyChain.Devices.Modbus;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Devices.Tests.Modbus;

[CancelAfter(20_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ModbusTcpTests
{
    private readonly ArrayBank _bank = new();
    private readonly ushort[] _registers = new ushort[125];

    [Test]
    public async Task Client_reads_and_writes_what_the_server_holds(CancellationToken cancellationToken)
    {
        await using ModbusTcpServer server = Start();
        await using ModbusTcpClient client = Connect(server, TimeProvider.System);
        _bank.Registers[40_000] = 17;
        Assert.That(await ReadAsync(client, cancellationToken), Is.EqualTo(ModbusResult.Ok));
        Assert.That(_registers[0], Is.EqualTo(17));

        ModbusResult one = await client.WriteSingleRegisterAsync(1, 5, 99, cancellationToken);
        ModbusResult many = await client.WriteMultipleRegistersAsync(1, 6, new ushort[] { 1, 2 }, cancellationToken);
        ModbusResult input = await client.ReadInputRegistersAsync(1, 5, 3, _registers, cancellationToken);
        Assert.That(new[] { one, many, input }, Is.All.EqualTo(ModbusResult.Ok));
        Assert.That(_registers[..3], Is.EqualTo(new ushort[] { 99, 1, 2 }));
    }

    [TestCase(0, 0)]
    [TestCase(0, 126)]
    [TestCase(65_535, 2)]
    public async Task Client_refuses_a_range_that_no_message_can_carry(
        int address, int count, CancellationToken cancellationToken)
    {
        await using ModbusTcpClient client = new(Options(1), TimeProvider.System);
        ModbusResult result = await client.ReadHoldingRegistersAsync(
            1, (ushort)address, (ushort)count, new ushort[200], cancellationToken);
        Assert.That(result.Status, Is.EqualTo(ModbusStatus.InvalidRequest));
    }

    [TestCase(ReplyKind.Garbage)]
    [TestCase(ReplyKind.WrongTransaction)]
    [TestCase(ReplyKind.Disconnect)]
    public async Task Client_recovers_from_one_bad_answer_with_its_retry(
        ReplyKind first, CancellationToken cancellationToken)
    {
        ScriptedPolicy policy = new(number => number == 0 ? first : ReplyKind.Normal);
        await using ModbusTcpServer server = Start(policy);
        await using ModbusTcpClient client = Connect(server, TimeProvider.System);
        Assert.That(await ReadAsync(client, cancellationToken), Is.EqualTo(ModbusResult.Ok));
        Assert.That(policy.Count, Is.EqualTo(2));
        Assert.That(client.CurrentBackOff, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase(ReplyKind.Garbage, ModbusStatus.MalformedResponse)]
    [TestCase(ReplyKind.WrongTransaction, ModbusStatus.TransactionMismatch)]
    [TestCase(ReplyKind.Disconnect, ModbusStatus.Disconnected)]
    public async Task Client_names_the_bad_answer_when_the_retry_gets_it_too(
        ReplyKind reply, ModbusStatus expected, CancellationToken cancellationToken)
    {
        ScriptedPolicy policy = new(_ => reply);
        await using ModbusTcpServer server = Start(policy);
        await using ModbusTcpClient client = Connect(server, TimeProvider.System);
        ModbusResult result = await ReadAsync(client, cancellationToken);
        Assert.That(result, Is.EqualTo(new ModbusResult(expected)));
        Assert.That(policy.Count, Is.EqualTo(2), "one retry");
    }

    [Test]
    public async Task Exception_response_is_an_answer_and_not_retried(CancellationToken cancellationToken)
    {
        ScriptedPolicy policy = new(_ => ReplyKind.Exception);
        await using ModbusTcpServer server = Start(policy);
        await using ModbusTcpClient client = Connect(server, TimeProvider.System);
        _registers[0] = 4711;
        ModbusResult result = await ReadAsync(client, cancellationToken);
        Assert.That(result.Status, Is.EqualTo(ModbusStatus.ExceptionResponse));
        Assert.That(result.Exception, Is.EqualTo(ModbusExceptionCode.ServerDeviceBusy));
        Assert.That(policy.Count, Is.EqualTo(1));
        Assert.That(_registers[0], Is.EqualTo(4711), "busy is unavailable, never 0");
    }

    [Test]
    public async Task Silent_device_times_out_after_one_retry_and_is_left_alone(CancellationToken cancellationToken)
    {
        FakeTimeProvider time = new();
        ScriptedPolicy policy = new(_ => ReplyKind.Silence);
        await using ModbusTcpServer server = Start(policy);
        await using ModbusTcpClient client = Connect(server, time);
        Task<ModbusResult> reading = ReadAsync(client, cancellationToken);
        await policy.NextRequestAsync(cancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        await policy.NextRequestAsync(cancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await reading, Is.EqualTo(new ModbusResult(ModbusStatus.Timeout)));
        ModbusResult next = await ReadAsync(client, cancellationToken);
        Assert.That(next, Is.EqualTo(new ModbusResult(ModbusStatus.Timeout, IsBackingOff: true)));
        Assert.That(policy.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Late_answer_is_never_taken_for_the_next_one(CancellationToken cancellationToken)
    {
        FakeTimeProvider time = new();
        ScriptedPolicy policy = new(number => number == 0 ? ReplyKind.Silence : ReplyKind.Normal);
        await using ModbusTcpServer server = Start(policy);
        await using ModbusTcpClient client = Connect(server, time);
        Task<ModbusResult> first = ReadAsync(client, cancellationToken);
        await policy.NextRequestAsync(cancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await first, Is.EqualTo(ModbusResult.Ok), "the retry went over a connection of its own");
        for (int i = 0; i < 3; i++)
        {
            _bank.Registers[40_000] = (ushort)i;
            Assert.That(await ReadAsync(client, cancellationToken), Is.EqualTo(ModbusResult.Ok));
            Assert.That(_registers[0], Is.EqualTo(i));
        }
    }

    [Test]
    public async Task Connection_with_an_answer_under_way_is_dropped(CancellationToken cancellationToken)
    {
        FakeTimeProvider time = new();
        using Socket listener = new(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen();
        await using ModbusTcpClient client = new(
            Options(((System.Net.IPEndPoint)listener.LocalEndPoint!).Port), time);
        Task<ModbusResult> reading = ReadAsync(client, cancellationToken);
        using Socket first = await listener.AcceptAsync(cancellationToken);
        await first.ReceiveAsync(new byte[12], cancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        using Socket second = await listener.AcceptAsync(cancellationToken);
        Assert.That(await ReceiveEndAsync(first, cancellationToken), Is.True);
        await second.ReceiveAsync(new byte[12], cancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await reading).Status, Is.EqualTo(ModbusStatus.Timeout));
        Assert.That(await ReceiveEndAsync(second, cancellationToken), Is.True);
    }

    [Test]
    public async Task Back_off_doubles_to_its_cap_and_ends_with_the_first_success(CancellationToken cancellationToken)
    {
        FakeTimeProvider time = new();
        ModbusTcpServer server = Start();
        await server.DisposeAsync();
        await using ModbusTcpClient client = Connect(server, time);
        int[] expected = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300];
        foreach (int seconds in expected)
        {
            ModbusResult failed = await ReadAsync(client, cancellationToken);
            Assert.That(failed, Is.EqualTo(new ModbusResult(ModbusStatus.Disconnected)));
            Assert.That(client.CurrentBackOff, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.That((await ReadAsync(client, cancellationToken)).IsBackingOff, Is.True);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await using ModbusTcpServer back = ModbusTcpServer.Start(
            new ModbusTcpServerOptions { Port = server.EndPoint.Port }, _bank, TimeProvider.System);
        Assert.That(await ReadAsync(client, cancellationToken), Is.EqualTo(ModbusResult.Ok));
        Assert.That(client.CurrentBackOff, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task Cancellation_ends_a_request_and_the_client_stays_usable(CancellationToken cancellationToken)
    {
        ScriptedPolicy policy = new(number => number == 0 ? ReplyKind.Silence : ReplyKind.Normal);
        await using ModbusTcpServer server = Start(policy);
        await using ModbusTcpClient client = Connect(server, new FakeTimeProvider());
        using CancellationTokenSource cancel = new();
        Task<ModbusResult> reading = ReadAsync(client, cancel.Token);
        await policy.NextRequestAsync(cancellationToken);
        await cancel.CancelAsync();
        Assert.That(async () => await reading, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await ReadAsync(client, cancellationToken), Is.EqualTo(ModbusResult.Ok));
    }

    [Test]
    public async Task Concurrent_callers_each_get_their_own_answer(CancellationToken cancellationToken)
    {
        await using ModbusTcpServer server = Start();
        await using ModbusTcpClient client = Connect(server, TimeProvider.System);
        for (int i = 0; i < 100; i++)
        {
            _bank.Registers[i] = (ushort)(i * 7);
        }

        ushort[] values = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            ushort[] value = new ushort[1];
            await client.ReadHoldingRegistersAsync(1, (ushort)i, 1, value, cancellationToken);
            return value[0];
        }));
        Assert.That(values, Is.EqualTo(Enumerable.Range(0, 100).Select(i => (ushort)(i * 7))));
    }

    [Test]
    public async Task Pacer_keeps_the_gap_between_messages_of_one_gateway(CancellationToken cancellationToken)
    {
        FakeTimeProvider time = new();
        MessagePacer pacer = new(TimeSpan.FromMilliseconds(100), time);
        Assert.That(pacer.WaitAsync(cancellationToken).IsCompleted, Is.True);
        Task second = pacer.WaitAsync(cancellationToken).AsTask();
        Task third = pacer.WaitAsync(cancellationToken).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.That(second.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await second;
        Assert.That(third.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromMilliseconds(100));
        await third;
        time.Advance(TimeSpan.FromMilliseconds(500));
        pacer.MessageEnded();
        Task afterAnswer = pacer.WaitAsync(cancellationToken).AsTask();
        Assert.That(afterAnswer.IsCompleted, Is.False, "the gap counts from the end of the answer");
        time.Advance(TimeSpan.FromMilliseconds(100));
        await afterAnswer;
    }

    [Test]
    public async Task Server_closes_a_connection_over_its_bound(CancellationToken cancellationToken)
    {
        await using ModbusTcpServer server = ModbusTcpServer.Start(
            new ModbusTcpServerOptions { MaximumConnections = 1 }, _bank, TimeProvider.System);
        await using ModbusTcpClient first = Connect(server, TimeProvider.System);
        await using ModbusTcpClient second = Connect(server, TimeProvider.System);
        Assert.That(await ReadAsync(first, cancellationToken), Is.EqualTo(ModbusResult.Ok));
        Assert.That((await ReadAsync(second, cancellationToken)).Status, Is.EqualTo(ModbusStatus.Disconnected));
        Assert.That(await ReadAsync(first, cancellationToken), Is.EqualTo(ModbusResult.Ok));
    }

    [Test]
    public async Task Server_closes_an_idle_connection_and_one_that_is_not_Modbus(CancellationToken cancellationToken)
    {
        FakeTimeProvider time = new();
        await using ModbusTcpServer server = ModbusTcpServer.Start(new ModbusTcpServerOptions(), _bank, time);
        using Socket garbage = new(SocketType.Stream, ProtocolType.Tcp);
        await garbage.ConnectAsync(server.EndPoint, cancellationToken);
        await garbage.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), cancellationToken);
        Assert.That(await ReceiveEndAsync(garbage, cancellationToken), Is.True);

        using Socket idle = new(SocketType.Stream, ProtocolType.Tcp);
        await idle.ConnectAsync(server.EndPoint, cancellationToken);
        byte[] request = Convert.FromHexString("000100000006010300000001");
        await idle.SendAsync(request, cancellationToken);
        await idle.ReceiveAsync(new byte[11], cancellationToken);
        Task<bool> ended = ReceiveEndAsync(idle, cancellationToken);
        while (!ended.IsCompleted)
        {
            // The server may still be on its way to the next read, whose idle time begins only then.
            time.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        Assert.That(await ended, Is.True);
    }

    private static async Task<bool> ReceiveEndAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], cancellationToken) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private ModbusTcpServer Start(IReplyPolicy? policy = null) =>
        ModbusTcpServer.Start(new ModbusTcpServerOptions(), _bank, TimeProvider.System, policy);

    private static ModbusTcpClient Connect(ModbusTcpServer server, TimeProvider time) =>
        new(Options(server.EndPoint.Port), time);

    private static ModbusTcpClientOptions Options(int port) =>
        new() { Host = "127.0.0.1", Port = port, MinimumGap = TimeSpan.Zero };

    private Task<ModbusResult> ReadAsync(ModbusTcpClient client, CancellationToken cancellationToken) =>
        client.ReadHoldingRegistersAsync(1, 40_000, 10, _registers, cancellationToken).AsTask();
}
