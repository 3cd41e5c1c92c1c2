internal import AsyncHTTPClient
internal import PowerCore
